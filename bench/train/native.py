"""The reference networks on native PyTorch, one thread, channels_last. One line of JSON in, one line of JSON out.

{"network": ..., "weights": ..., "images": ..., "labels": ..., "learningRate": ..., "momentum": ...}
    opens a network (nodes as Mnasium lists them) and answers {"loss": of the first batch}
{"steps": n}
    trains for n steps and answers {"milliseconds": [...]}
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
BATCH_NORM_EPSILON = 1e-3


class ConvNormActivation(nn.Module):
    def __init__(self, node):
        super().__init__()
        channels = node["input"]["channels"]
        groups = channels if node["kind"] == "depthwise" else 1
        self.kernel, self.stride, self.activation = node["kernel"], node["stride"], node["activation"]
        self.conv = nn.Conv2d(channels, node["output"]["channels"], self.kernel, self.stride,
                              padding=self.kernel // 2, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(node["output"]["channels"], eps=BATCH_NORM_EPSILON)

    def forward(self, x):
        return self.finish(self.conv(x))

    def exact(self, x):
        """With TensorFlow's SAME padding, which PyTorch has no fast way to do at stride 2."""
        sides = []
        for size in (x.shape[3], x.shape[2]):
            total = max(0, (-(-size // self.stride) - 1) * self.stride + self.kernel - size)
            sides += [total // 2, total - total // 2]
        return self.finish(F.conv2d(F.pad(x, sides), self.conv.weight, stride=self.stride, groups=self.conv.groups))

    def finish(self, x):
        x = self.norm(x)
        if self.activation == "relu6":
            return F.relu6(x, inplace=True)
        return F.relu(x, inplace=True) if self.activation == "relu" else x

    def load(self, part):
        kernel = part("kernel")
        self.conv.weight.copy_(kernel.permute(2, 3, 0, 1) if self.conv.groups > 1 else kernel.permute(3, 2, 0, 1))


class SqueezeExcite(nn.Module):
    def __init__(self, node):
        super().__init__()
        channels = node["input"]["channels"]
        self.squeeze = nn.Conv2d(channels, node["squeezed"], 1)
        self.excite = nn.Conv2d(node["squeezed"], channels, 1)

    def forward(self, x):
        mean = x.mean((2, 3), keepdim=True)
        return x * torch.sigmoid(self.excite(F.relu(self.squeeze(mean))))

    def load(self, part):
        self.squeeze.weight.copy_(part("squeezeKernel").t()[:, :, None, None])
        self.squeeze.bias.copy_(part("squeezeBias"))
        self.excite.weight.copy_(part("exciteKernel").t()[:, :, None, None])
        self.excite.bias.copy_(part("exciteBias"))


class Dense(nn.Linear):
    def __init__(self, node):
        super().__init__(node["input"]["channels"], node["output"]["channels"])

    def load(self, part):
        self.weight.copy_(part("kernel").t())
        self.bias.copy_(part("bias"))


LAYERS = {"conv": ConvNormActivation, "depthwise": ConvNormActivation, "squeezeExcite": SqueezeExcite, "dense": Dense}


class Network(nn.Module):
    def __init__(self, nodes):
        super().__init__()
        self.nodes = nodes
        self.layers = nn.ModuleDict({str(i): LAYERS[n["kind"]](n) for i, n in enumerate(nodes) if n["kind"] in LAYERS})

    def forward(self, image, exact=False):
        outputs = {-1: image}
        for index, node in enumerate(self.nodes):
            inputs = [outputs[i] for i in node["inputs"]]
            if node["kind"] == "add":
                outputs[index] = inputs[0] + inputs[1]
            elif node["kind"] == "globalPool":
                outputs[index] = inputs[0].mean((2, 3))
            else:
                layer = self.layers[str(index)]
                outputs[index] = layer.exact(inputs[0]) if exact and hasattr(layer, "exact") else layer(inputs[0])
        return outputs[len(self.nodes) - 1]

    @torch.no_grad()
    def load(self, weights):
        for index, layer in self.layers.items():
            layer.load(lambda role: torch.tensor(weights[f"{index}/{role}"]["values"])
                       .reshape(weights[f"{index}/{role}"]["shape"]))


class Training:
    def __init__(self, request):
        scale = request["network"]["scale"]
        size, channels = scale["inputSize"], scale["channels"]
        self.network = Network(request["network"]["nodes"])
        self.network.load(request["weights"])
        self.network = self.network.to(memory_format=torch.channels_last)
        images = torch.tensor(request["images"]).reshape(-1, size, size, channels)
        self.images = images.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
        self.labels = torch.tensor(request["labels"])
        self.optimizer = torch.optim.SGD(self.network.parameters(), lr=request["learningRate"],
                                         momentum=request["momentum"], nesterov=True)

    def first_loss(self):
        with torch.no_grad():
            return F.cross_entropy(self.network(self.images, exact=True), self.labels).item()

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(self.network(self.images), self.labels)
        loss.backward()
        self.optimizer.step()
        return loss.item()


def timed(work):
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def main():
    print(json.dumps({"version": torch.__version__}), flush=True)
    training = None
    for line in sys.stdin:
        request = json.loads(line)
        if "network" in request:
            training = Training(request)
            answer = {"loss": training.first_loss()}
        else:
            answer = {"milliseconds": [timed(training.step) for _ in range(request["steps"])]}
        print(json.dumps(answer), flush=True)


main()
