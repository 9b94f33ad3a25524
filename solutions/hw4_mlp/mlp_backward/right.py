import torch

from autograder.authoring.marks import right


@right
def one_example_after_another():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = [p.detach() for p in params]
        dW1, db1, dW2, db2 = [torch.zeros_like(p) for p in (W1, b1, W2, b2)]
        for x, u in zip(X.reshape(len(X), -1), upstream):
            z = x @ W1 + b1
            dz = torch.where(z > 0, W2 @ u, torch.zeros_like(z))
            dW1 += torch.outer(x, dz)
            db1 += dz
            dW2 += torch.outer(z.clamp(min=0), u)
            db2 += u
        return [dW1, db1, dW2, db2]


@right
def einsum_and_a_tuple():
    def mlp_backward(X, params, upstream):
        W1, b1, W2, b2 = params
        X = X.reshape(X.shape[0], -1)
        Z = torch.addmm(b1, X, W1)
        dZ = torch.einsum("no,ho->nh", upstream, W2)
        dZ = dZ * (Z >= 0).to(dZ.dtype)
        H = Z * (Z >= 0)
        return torch.einsum("ni,nh->ih", X, dZ), dZ.sum(0), torch.einsum("nh,no->ho", H, upstream), upstream.sum(0)


@right
def mask_written_in_place():
    def mlp_backward(X, params, upstream):
        with torch.no_grad():
            W1, b1, W2, b2 = params
            flat = X.flatten(1)
            H = relu(flat @ W1 + b1)
            dH = upstream @ W2.t()
            dH[H <= 0] = 0
            ones = torch.ones(1, len(X), dtype=X.dtype)
            return [flat.t() @ dH, (ones @ dH)[0], H.t() @ upstream, (ones @ upstream)[0]]
