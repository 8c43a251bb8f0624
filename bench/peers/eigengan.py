"""EigenGAN in PyTorch: the peer that the benchmarks measure against. The same layers, sizes and losses as
`@eigengan/eigengan-model` and `@eigengan/trainer`; kernels start with PyTorch's He initialisation."""

import math

import torch
import torch.nn.functional as F
from torch import nn


def feature_width(size, width, max_width):
    return min(int(2 ** (10 - math.log2(size)) * width), max_width)


def orthonormal(rank, units):
    return torch.linalg.qr(torch.randn(units, rank))[0].T.contiguous()


class Subspace(nn.Module):
    """phi = U diag(L) z + mu, followed by two linear convolutions of it."""

    def __init__(self, size, channels, channels_up, rank, importance_scale, folded):
        super().__init__()
        self.shape = (channels, size, size)
        self.folded = folded
        self.basis = nn.Parameter(orthonormal(rank, channels * size * size))
        self.importance = nn.Parameter(importance_scale * 3.0 * torch.arange(rank, 0, -1))
        self.origin = nn.Parameter(torch.zeros(1, channels * size * size))
        self.same = nn.ConvTranspose2d(channels, channels, 1)
        self.up = nn.ConvTranspose2d(channels, channels_up, 3, 2, padding=1, output_padding=1)

    def forward(self, z):
        images = torch.cat([self.basis * self.importance[:, None], self.origin])
        combination = torch.cat([z, torch.ones_like(z[:, :1])], 1)
        if not self.folded:
            phi = (combination @ images).view(-1, *self.shape)
            return self.same(phi), self.up(phi)
        images = images.view(-1, *self.shape)

        def fold(convolution, **options):
            basis = F.conv_transpose2d(images, convolution.weight, **options)
            features = (combination @ basis.flatten(1)).view(-1, *basis.shape[1:])
            return features + convolution.bias[:, None, None]

        return fold(self.same), fold(self.up, stride=2, padding=1, output_padding=1)

    def orthogonality(self):
        gram = self.basis @ self.basis.T
        return 0.5 * (gram - torch.eye(len(gram))).square().sum()


class Generator(nn.Module):
    """Options as in `GeneratorOptions`, a rank for each block. `folded` convolves the basis images, not phi."""

    def __init__(self, size, ranks, noise=512, importance=None, width=4, max_width=512, folded=False):
        super().__init__()
        importance = importance or [1.0] * len(ranks)
        widths = [feature_width(4 * 2**i, width, max_width) for i in range(len(ranks) + 1)]
        assert 4 * 2 ** len(ranks) == size
        self.first = (widths[0], 4, 4)
        self.noise, self.ranks = noise, ranks
        self.stem = nn.Linear(noise, widths[0] * 16) if noise else None
        self.constant = None if noise else nn.Parameter(torch.zeros(1, widths[0] * 16))
        self.subspaces, self.ups, self.sames = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        for i, rank in enumerate(ranks):
            here, there = widths[i], widths[i + 1]
            self.subspaces.append(Subspace(4 * 2**i, here, there, rank, importance[i], folded))
            self.ups.append(nn.ConvTranspose2d(here, there, 3, 2, padding=1, output_padding=1))
            self.sames.append(nn.ConvTranspose2d(there, there, 3, 1, padding=1))
        self.output = nn.Conv2d(widths[-1], 3, 7, 1, 3)

    def forward(self, noise, zs):
        if self.noise:
            h = self.stem(noise).view(-1, *self.first)
        else:
            h = self.constant.expand(len(zs[0]), -1).reshape(-1, *self.first)
        for subspace, up, same, z in zip(self.subspaces, self.ups, self.sames, zs):
            first, second = subspace(z)
            h = up(F.leaky_relu(h + first, 0.2))
            h = same(F.leaky_relu(h + second, 0.2))
        return torch.tanh(self.output(F.leaky_relu(h, 0.2)))

    def orthogonality(self):
        return sum(subspace.orthogonality() for subspace in self.subspaces)

    def latents(self, batch):
        return torch.randn(batch, max(self.noise, 1)), [torch.randn(batch, rank) for rank in self.ranks]


class Discriminator(nn.Module):
    """Options as in `DiscriminatorOptions`."""

    def __init__(self, size, width=4, max_width=512, dense_width=None):
        super().__init__()
        dense_width = min(dense_width or max_width, max_width)
        w = lambda s: feature_width(s, width, max_width)
        layers = [nn.Conv2d(3, w(size), 7, 1, 3), nn.LeakyReLU(0.2)]
        while size > 4:
            layers += [nn.Conv2d(w(size), w(size), 3, 1, 1), nn.LeakyReLU(0.2)]
            layers += [nn.Conv2d(w(size), w(size // 2), 3, 2, 1), nn.LeakyReLU(0.2)]
            size //= 2
        layers += [nn.Conv2d(w(4), w(4), 3, 1, 1), nn.LeakyReLU(0.2), nn.Flatten()]
        layers += [nn.Linear(w(4) * 16, dense_width), nn.LeakyReLU(0.2), nn.Linear(dense_width, 1)]
        self.layers = nn.Sequential(*layers)

    def forward(self, images):
        return self.layers(images)


class Trainer:
    """The step of `Trainer` in `@eigengan/trainer`: D with lazy R1, G on the same latents, moving average."""

    def __init__(
        self,
        generator,
        discriminator,
        penalty_weight=1.0,
        penalty_interval=4,
        learning_rate=4e-4,
        ema_decay=0.995,
    ):
        self.generator, self.discriminator = generator, discriminator
        self.penalty_weight, self.penalty_interval, self.ema_decay = penalty_weight, penalty_interval, ema_decay
        self.d_optimizer = torch.optim.Adam(discriminator.parameters(), learning_rate, (0.0, 0.99))
        self.g_optimizer = torch.optim.Adam(generator.parameters(), learning_rate, (0.0, 0.99))
        self.ema = [parameter.detach().clone() for parameter in generator.parameters()]
        self.steps = 0

    def is_penalty_due(self):
        return self.steps % self.penalty_interval == 0

    def update_discriminator(self, real, latents):
        discriminator = self.discriminator
        with torch.no_grad():
            fake = self.generator(*latents)
        loss = F.softplus(-discriminator(real)).mean() + F.softplus(discriminator(fake)).mean()
        if self.is_penalty_due():
            leaf = real.detach().requires_grad_(True)
            (gradient,) = torch.autograd.grad(discriminator(leaf).sum(), leaf, create_graph=True)
            penalty = gradient.square().sum((1, 2, 3)).mean()
            loss = loss + self.penalty_interval * self.penalty_weight * penalty
        self.d_optimizer.zero_grad()
        loss.backward()
        self.d_optimizer.step()
        return loss

    def update_generator(self, latents):
        self.discriminator.requires_grad_(False)
        fake = self.generator(*latents)
        loss = F.softplus(-self.discriminator(fake)).mean() + self.generator.orthogonality()
        self.g_optimizer.zero_grad()
        loss.backward()
        self.g_optimizer.step()
        self.discriminator.requires_grad_(True)
        self.update_average()
        return loss

    @torch.no_grad()
    def update_average(self):
        decay = min(self.ema_decay, (1 + self.steps) / (10 + self.steps))
        for average, parameter in zip(self.ema, self.generator.parameters()):
            average.lerp_(parameter, 1 - decay)
        self.steps += 1
