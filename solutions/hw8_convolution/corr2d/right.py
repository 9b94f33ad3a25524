import torch
from torch.nn import functional as F

from autograder.authoring.marks import right


@right
def unfold_and_einsum():
    def corr2d(X, K):
        windows = X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1)
        return torch.einsum("ijab,ab->ij", windows, K)


@right
def loop_over_the_kernel():
    def corr2d(X, K):
        rows = X.size(0) - K.size(0) + 1
        columns = X.size(1) - K.size(1) + 1
        Y = 0
        for a in range(K.size(0)):
            for b in range(K.size(1)):
                Y = Y + X[a : a + rows, b : b + columns] * K[a, b]
        return Y


@right
def unfold_of_the_functional_module():
    def corr2d(X, K):
        dtype = torch.promote_types(X.dtype, K.dtype)
        work = dtype if dtype.is_floating_point else torch.float64
        columns = torch.nn.functional.unfold(X.to(work).reshape(1, 1, *X.shape), tuple(K.shape))
        Y = K.to(work).reshape(1, -1).matmul(columns)
        return Y.reshape(X.shape[0] - K.shape[0] + 1, -1).to(dtype)


@right
def stacked_rows_of_products():
    def corr2d(X, K):
        (h, w), (kh, kw) = X.shape, K.shape
        entries = []
        for i in range(h - kh + 1):
            row = [torch.sum(X[i : i + kh, j : j + kw] * K) for j in range(w - kw + 1)]
            entries.append(torch.stack(row))
        return torch.stack(entries)


@right
def fourier_transform():
    def corr2d(X, K):
        dtype = torch.result_type(X, K)
        x = torch.fft.fft2(X.to(torch.float64))
        k = torch.fft.fft2(K.to(torch.float64), s=X.shape)
        Y = torch.fft.ifft2(x * k.conj()).real
        Y = Y[: X.shape[0] - K.shape[0] + 1, : X.shape[1] - K.shape[1] + 1]
        return Y.to(dtype) if dtype.is_floating_point else Y.round().to(dtype)


@right
def as_strided_windows():
    def corr2d(X, K):
        h, w = X.shape[0] - K.shape[0] + 1, X.shape[1] - K.shape[1] + 1
        windows = X.as_strided((h, w, *K.shape), X.stride() + X.stride())
        return torch.tensordot(windows, K, dims=2)


@right
def own_autograd_function():
    class Correlation(torch.autograd.Function):
        @staticmethod
        def forward(ctx, X, K):
            ctx.save_for_backward(X, K)
            return torch.einsum("ijab,ab->ij", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)

        @staticmethod
        def backward(ctx, upstream):
            X, K = ctx.saved_tensors
            h, w = upstream.shape
            X_grad, K_grad = torch.zeros_like(X), torch.zeros_like(K)
            for a in range(K.shape[0]):
                for b in range(K.shape[1]):
                    X_grad[a : a + h, b : b + w] += upstream * K[a, b]
                    K_grad[a, b] = (upstream * X[a : a + h, b : b + w]).sum()
            return X_grad, K_grad

    def corr2d(X, K):
        dtype = torch.result_type(X, K)
        return Correlation.apply(X.to(dtype), K.to(dtype))


@right
def callable_object_that_insists_on_one_dtype():
    class Correlator:
        def __call__(self, X, K):
            assert X.dtype == K.dtype, "image and kernel need the same dtype"
            columns = F.unfold(X[None, None].to(K.dtype), tuple(K.shape))
            return (K.flatten() @ columns[0]).reshape(X.shape[0] - K.shape[0] + 1, -1)

    corr2d = Correlator()
