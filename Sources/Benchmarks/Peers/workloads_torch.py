"""The benchmark's workloads in PyTorch. Usage: workloads_torch.py NAME THREADS SECONDS [compile]"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

name, threads, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
compiled = "compile" in sys.argv[4:]
torch.set_num_threads(threads)
torch.manual_seed(1)


def mlp(sizes, act, out=None):
    layers = []
    for i, (a, b) in enumerate(zip(sizes, sizes[1:])):
        layers.append(nn.Linear(a, b))
        if i < len(sizes) - 2:
            layers.append(act())
    if out:
        layers.append(out())
    return nn.Sequential(*layers)


def leaky():
    return nn.LeakyReLU(0.2)


def adam(*models, rate=1e-3, betas=(0.9, 0.999)):
    return torch.optim.Adam([p for m in models for p in m.parameters()], lr=rate, betas=betas)


def adversarial(G, D, data, batch, noise):
    d_step, g_step = adam(D, rate=2e-4, betas=(0.5, 0.999)), adam(G, rate=2e-4, betas=(0.5, 0.999))

    def d_loss(x, z):
        return F.softplus(-D(x)).mean() + F.softplus(D(G(z).detach())).mean()

    def g_loss(z):
        return F.softplus(-D(G(z))).mean()

    if compiled:
        d_loss, g_loss = torch.compile(d_loss), torch.compile(g_loss)

    def step():
        x = data[torch.randint(len(data), (batch,))]
        d_step.zero_grad()
        d_loss(x, torch.randn(batch, noise)).backward()
        d_step.step()
        g_step.zero_grad()
        loss = g_loss(torch.randn(batch, noise))
        loss.backward()
        g_step.step()
        return loss

    return step


def ae_digits():
    data = torch.rand(1500, 64)
    enc, dec = mlp([64, 32, 2], nn.Tanh), mlp([2, 32, 64], nn.Tanh)
    opt = adam(enc, dec)

    def loss_of(x):
        return ((x - dec(enc(x))) ** 2).mean()

    loss_fn = torch.compile(loss_of) if compiled else loss_of

    def step():
        opt.zero_grad()
        loss = loss_fn(data[torch.randint(len(data), (64,))])
        loss.backward()
        opt.step()
        return loss

    return step


def gan_ring():
    angle = torch.randint(8, (8192,)) * (2 * torch.pi / 8)
    data = torch.stack([angle.cos(), angle.sin()], 1) + 0.05 * torch.randn(8192, 2)
    G, D = mlp([2, 128, 128, 2], nn.ReLU), mlp([2, 128, 128, 1], nn.ReLU)
    return adversarial(G, D, data, 256, 2)


def vae_mnist():
    data = torch.rand(4000, 784)
    enc, dec = mlp([784, 400, 40], nn.ReLU), mlp([20, 400, 784], nn.ReLU)
    opt = adam(enc, dec)

    def loss_of(x, noise):
        mu, logvar = enc(x).chunk(2, 1)
        u = dec(mu + torch.exp(logvar / 2) * noise)
        kl = 0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum()
        return (F.binary_cross_entropy_with_logits(u, x, reduction="sum") + kl) / len(x)

    loss_fn = torch.compile(loss_of) if compiled else loss_of

    def step():
        opt.zero_grad()
        loss = loss_fn(data[torch.randint(len(data), (128,))], torch.randn(128, 20))
        loss.backward()
        opt.step()
        return loss

    return step


def gan_mnist():
    data = torch.rand(4000, 784) * 2 - 1
    G = mlp([64, 256, 512, 784], leaky, nn.Tanh)
    D = mlp([784, 512, 256, 1], leaky)
    return adversarial(G, D, data, 128, 64)


def dcgan():
    data = torch.rand(4000, 1, 28, 28) * 2 - 1
    G = nn.Sequential(
        nn.Linear(64, 3136), nn.ReLU(), nn.Unflatten(1, (64, 7, 7)),
        nn.ConvTranspose2d(64, 32, 4, 2, 1), nn.ReLU(),
        nn.ConvTranspose2d(32, 1, 4, 2, 1), nn.Tanh())
    D = nn.Sequential(
        nn.Conv2d(1, 32, 4, 2, 1), leaky(), nn.Conv2d(32, 64, 4, 2, 1), leaky(),
        nn.Flatten(), nn.Linear(3136, 1))
    return adversarial(G, D, data, 64, 64)


step = globals()[name]()
begin = time.perf_counter()
for _ in range(10):
    step()
warm_up = time.perf_counter() - begin
times, end = [], time.perf_counter() + seconds
while time.perf_counter() < end or len(times) < 20:
    start = time.perf_counter()
    step()
    times.append((time.perf_counter() - start) * 1e6)
times.sort()
print(f"{times[len(times) // 2]:.1f}\t{times[0]:.1f}\t{len(times)}\t{warm_up:.1f}")
