"""Shift-GCN in plain PyTorch: what a Python program runs, to measure ours against.

Written from the equations of Cheng et al., "Skeleton-Based Action Recognition With Shift Graph Convolutional Network",
CVPR 2020, sections 3.2 (non-local spatial shift) and 3.3 (adaptive temporal shift), with the tensor names of the
published checkpoints, so that these load as they are.
"""

import torch
from torch import nn

WIDTHS = (64, 64, 64, 64, 128, 128, 128, 256, 256, 256)
STRIDES = (1, 1, 1, 1, 2, 1, 1, 2, 1, 1)
PERSONS = 2


class SpatialShift(nn.Module):
    """Joint j of channel c takes joint j + c, a mask and a linear map follow, then the way back; section 3.2."""

    def __init__(self, inputs, outputs, joints):
        super().__init__()
        self.Linear_weight = nn.Parameter(torch.empty(inputs, outputs))
        self.Linear_bias = nn.Parameter(torch.empty(1, 1, outputs))
        self.Feature_Mask = nn.Parameter(torch.empty(1, joints, inputs))
        self.bn = nn.BatchNorm1d(joints * outputs)
        self.down = nn.Sequential(nn.Conv2d(inputs, outputs, 1), nn.BatchNorm2d(outputs)) if inputs != outputs else None
        self.register_buffer("shift_in", self.rotation(joints, inputs, 1))
        self.register_buffer("shift_out", self.rotation(joints, outputs, -1))

    @staticmethod
    def rotation(joints, channels, sign):
        channel = torch.arange(channels)
        taken = (torch.arange(joints).unsqueeze(1) + sign * channel) % joints
        return (taken * channels + channel).flatten()

    def forward(self, x):
        batch, channels, frames, joints = x.shape
        y = x.permute(0, 2, 3, 1).reshape(batch * frames, joints * channels)
        y = y.index_select(1, self.shift_in).view(batch * frames, joints, channels)
        y = y * (torch.tanh(self.Feature_Mask) + 1)
        y = torch.matmul(y, self.Linear_weight) + self.Linear_bias
        y = self.bn(y.flatten(1).index_select(1, self.shift_out))
        y = y.view(batch, frames, joints, -1).permute(0, 3, 1, 2)
        return torch.relu(y + (x if self.down is None else self.down(x)))


class Positions(nn.Module):
    """A learned shift in time for each channel, by linear interpolation between two frames; zero outside the clip."""

    def __init__(self, channels, stride):
        super().__init__()
        self.ypos = nn.Parameter(torch.empty(channels))
        self.stride = stride
        self.margin = None

    def positions(self):
        return self.ypos + (self.stride - 1) / 2  # an output stands for the middle of its input frames

    def settle(self):
        """Once the weights are there: asking a GPU in every pass would make the processor wait for it."""
        self.margin = int(torch.floor(self.positions()).abs().max()) + 1

    def forward(self, x):
        batch, channels, frames, joints = x.shape
        position, margin = self.positions(), self.margin
        first = torch.floor(position)
        rows = nn.functional.pad(x, (0, 0, margin, margin)).flatten(1, 2)  # every frame of every channel a row
        start = torch.arange(channels, device=x.device) * (frames + 2 * margin) + margin + first.long()
        wanted = (start.unsqueeze(1) + torch.arange(0, frames, self.stride, device=x.device)).flatten()
        earlier, later = (rows.index_select(1, wanted + k).view(batch, channels, -1, joints) for k in (0, 1))
        return torch.lerp(earlier, later, (position - first).view(1, -1, 1, 1))


class TemporalShift(nn.Module):
    """Shift, 1 x 1 convolution, shift; section 3.3."""

    def __init__(self, channels, stride):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels)
        self.shift_in = Positions(channels, 1)
        self.temporal_linear = nn.Conv2d(channels, channels, 1)
        self.shift_out = Positions(channels, stride)
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        return self.bn2(self.shift_out(torch.relu(self.temporal_linear(self.shift_in(self.bn(x))))))


class Skip(nn.Module):
    """The way around a unit that changes width or rate."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 1, stride=(stride, 1))
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return self.bn(self.conv(x))


class Unit(nn.Module):
    def __init__(self, inputs, outputs, stride, joints, has_residual):
        super().__init__()
        self.gcn1 = SpatialShift(inputs, outputs, joints)
        self.tcn1 = TemporalShift(outputs, stride)
        self.residual = Skip(inputs, outputs, stride) if has_residual and (inputs != outputs or stride != 1) else None
        self.has_residual = has_residual

    def forward(self, x):
        y = self.tcn1(self.gcn1(x))
        if self.has_residual:
            y = y + (x if self.residual is None else self.residual(x))
        return torch.relu(y)


class ShiftGcn(nn.Module):
    """[N, 3, T, J, 2] -> logits [N, K]"""

    def __init__(self, classes, joints=25):
        super().__init__()
        self.data_bn = nn.BatchNorm1d(PERSONS * joints * 3)
        inputs = 3
        for index, (width, stride) in enumerate(zip(WIDTHS, STRIDES)):
            self.add_module(f"l{index + 1}", Unit(inputs, width, stride, joints, index > 0))
            inputs = width
        self.fc = nn.Linear(inputs, classes)

    def settle(self):
        """After the weights are loaded."""
        for module in self.modules():
            if isinstance(module, Positions):
                module.settle()
        return self

    def forward(self, x):
        batch, coordinates, frames, joints, persons = x.shape
        x = self.data_bn(x.permute(0, 4, 3, 1, 2).reshape(batch, -1, frames))
        x = x.view(batch * persons, joints, coordinates, frames).permute(0, 2, 3, 1).contiguous()
        for index in range(len(WIDTHS)):
            x = getattr(self, f"l{index + 1}")(x)
        return self.fc(x.mean((2, 3)).view(batch, persons, -1).mean(1))
