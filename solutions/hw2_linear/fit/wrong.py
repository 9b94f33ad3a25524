from autograder.authoring.marks import wrong


@wrong(hint="zero_grad comes between backward and step, so there is nothing left to step with. Clear before backward.")
def zero_grad_after_backward():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                (l := loss(net(X), y)).backward()
                optimizer.zero_grad()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@wrong(hint="zero_grad is missing, so each step uses the sum of all gradients so far. Clear them for each batch.")
def zero_grad_missing():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@wrong(hint="zero_grad is called once per epoch. Clear the gradients for each batch.")
def zero_grad_once_an_epoch():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            optimizer.zero_grad()
            total, n = 0.0, 0
            for X, y in data:
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@wrong(hint="There is one step per epoch. Take a step after each batch.")
def step_once_an_epoch():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                optimizer.zero_grad()
                l.backward()
                total += l.item() * len(X)
                n += len(X)
            optimizer.step()
            losses.append(total / n)
        return losses


@wrong(
    hint="The means of the batches are averaged, so a small batch counts too much. Weight each by its number of "
    "examples."
)
def mean_of_batch_means():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, batches = 0.0, 0
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item()
                batches += 1
            losses.append(total / batches)
        return losses


@wrong(hint="The losses of the batches are means already. Multiply by the number of examples before you divide by it.")
def means_divided_by_examples():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item()
                n += len(X)
            losses.append(total / n)
        return losses


@wrong(hint="This is the loss of the last batch only. Report the mean over all examples of the epoch.")
def fit_reports_the_last_batch():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
            losses.append(l.item())
        return losses


@wrong(hint="Prediction and label are exchanged in the call of the loss. The prediction comes first.")
def arguments_exchanged():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(y, net(X))
                optimizer.zero_grad()
                l.backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@wrong(hint="Only one number comes back. Return a list with the loss of each epoch.")
def only_the_last_epoch():
    def fit(net, data, loss, optimizer, num_epochs):
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
        return [total / n]


@wrong(hint="The sum is not reset between epochs, so later losses contain earlier ones. Start each epoch at 0.")
def sum_never_reset():
    def fit(net, data, loss, optimizer, num_epochs):
        losses, total = [], 0.0
        for epoch in range(num_epochs):
            n = 0
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@wrong(hint="The step comes before backward, so it uses the gradient of the batch before. First backward, then step.")
def step_before_backward():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                l = loss(net(X), y)
                optimizer.step()
                optimizer.zero_grad()
                l.backward()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@wrong(
    hint="data may have no index and no length. Loop over it: for X, y in data, and count the examples.",
    public=False,
    reason="A loader is only made where the judge measures; that there may be one stands in the question.",
)
def needs_a_list():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for _ in range(num_epochs):
            total, count = 0.0, 0
            for i in range(len(data)):
                X, y = data[i]
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item() * len(X)
                count += len(X)
            losses.append(total / count)
        return losses


@wrong(
    hint="The batches are drawn once and kept, so nothing is shuffled anew. Loop over data in each epoch.",
    public=False,
    reason="A loader is only made where the judge measures; that there may be one stands in the question.",
)
def batches_kept_for_all_epochs():
    def fit(net, data, loss, optimizer, num_epochs):
        losses, batches = [], list(data)
        for _ in range(num_epochs):
            total, count = 0.0, 0
            for X, y in batches:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item() * len(X)
                count += len(X)
            losses.append(total / count)
        return losses


@wrong(hint="There is one step per epoch. Take a step after each batch.")
def gradients_of_the_epoch_added_up():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            optimizer.zero_grad()
            for X, y in data:
                (l := loss(net(X), y)).backward()
                total += l.item() * len(X)
                n += len(X)
            optimizer.step()
            losses.append(total / n)
        return losses


@wrong(hint="Sum and count go on from epoch to epoch, so each loss is a mean over all epochs so far. Reset them.")
def mean_over_all_epochs_so_far():
    def fit(net, data, loss, optimizer, num_epochs):
        losses, total, n = [], 0.0, 0
        for epoch in range(num_epochs):
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item() * len(X)
                n += len(X)
            losses.append(total / n)
        return losses


@wrong(hint="The sum over all examples was divided by the number of batches. Divide by the number of examples.")
def divided_by_the_number_of_batches():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, batches = 0.0, 0
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total += l.item() * len(X)
                batches += 1
            losses.append(total / batches)
        return losses


@wrong(hint="The list has one loss for each batch. Report one for each epoch.")
def one_loss_for_each_batch():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                losses.append(l.item())
        return losses


@wrong(
    hint="The losses keep the graphs of all batches, and with them their memory. Add up plain numbers: l.item().",
    public=False,
    reason="Whether a number still has a graph is looked at in the hidden tests.",
)
def losses_with_their_graphs():
    def fit(net, data, loss, optimizer, num_epochs):
        losses = []
        for epoch in range(num_epochs):
            total, n = 0.0, 0
            for X, y in data:
                optimizer.zero_grad()
                (l := loss(net(X), y)).backward()
                optimizer.step()
                total = total + l * len(X)
                n += len(X)
            losses.append(total / n)
        return losses
