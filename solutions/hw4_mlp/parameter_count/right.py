from autograder.authoring.marks import right


@right
def step_by_step():
    num_inputs, num_hiddens, num_outputs = 256**2, 1000, 10
    parameter_count = (num_inputs + 1) * num_hiddens + (num_hiddens + 1) * num_outputs
