"""The benchmark's workloads in JAX, a whole step jitted. Usage: workloads_jax.py NAME THREADS SECONDS"""

import os
import sys
import time

name, threads, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
if hasattr(os, "sched_setaffinity"):  # XLA takes a thread per core that it may use
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])

import jax
import jax.numpy as jnp
from jax import lax


def init(key, sizes):
    params = []
    for a, b in zip(sizes, sizes[1:]):
        key, w, c = jax.random.split(key, 3)
        bound = a**-0.5
        params.append([jax.random.uniform(w, (a, b), minval=-bound, maxval=bound),
                       jax.random.uniform(c, (b,), minval=-bound, maxval=bound)])
    return params


def mlp(params, x, act, out=lambda x: x):
    for w, b in params[:-1]:
        x = act(x @ w + b)
    w, b = params[-1]
    return out(x @ w + b)


def leaky(x):
    return jnp.maximum(x, 0.2 * x)


def adam_start(params):
    zeros = jax.tree.map(jnp.zeros_like, params)
    return zeros, zeros, jnp.zeros(())


def adam(params, grads, state, rate=1e-3, b1=0.9, b2=0.999):
    m, v, t = state
    t = t + 1
    m = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, m, grads)
    v = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * g * g, v, grads)
    params = jax.tree.map(
        lambda p, m, v: p - rate * (m / (1 - b1**t)) / (jnp.sqrt(v / (1 - b2**t)) + 1e-8),
        params, m, v)
    return params, (m, v, t)


def adversarial(g, d, generate, discriminate, data, batch, noise):
    def d_loss(d, g, x, z):
        real = jax.nn.softplus(-discriminate(d, x)).mean()
        return real + jax.nn.softplus(discriminate(d, generate(g, z))).mean()

    def g_loss(g, d, z):
        return jax.nn.softplus(-discriminate(d, generate(g, z))).mean()

    @jax.jit
    def step(state, key):
        g, d, gs, ds = state
        k1, k2, k3 = jax.random.split(key, 3)
        x = data[jax.random.randint(k1, (batch,), 0, len(data))]
        grads = jax.grad(d_loss)(d, g, x, jax.random.normal(k2, (batch, noise)))
        d, ds = adam(d, grads, ds, 2e-4, 0.5)
        grads = jax.grad(g_loss)(g, d, jax.random.normal(k3, (batch, noise)))
        g, gs = adam(g, grads, gs, 2e-4, 0.5)
        return g, d, gs, ds

    return step, (g, d, adam_start(g), adam_start(d))


def single(loss, params):
    @jax.jit
    def step(state, key):
        params, opt = state
        params, opt = adam(params, jax.grad(loss)(params, key), opt)
        return params, opt

    return step, (params, adam_start(params))


K = jax.random.split(jax.random.key(1), 4)


def ae_digits():
    data = jax.random.uniform(K[2], (1500, 64))

    def loss(p, key):
        x = data[jax.random.randint(key, (64,), 0, len(data))]
        return ((x - mlp(p[1], mlp(p[0], x, jnp.tanh), jnp.tanh)) ** 2).mean()

    return single(loss, [init(K[0], [64, 32, 2]), init(K[1], [2, 32, 64])])


def gan_ring():
    angle = jax.random.randint(K[2], (8192,), 0, 8) * (2 * jnp.pi / 8)
    data = jnp.stack([jnp.cos(angle), jnp.sin(angle)], 1)
    data = data + 0.05 * jax.random.normal(K[3], (8192, 2))
    net = lambda p, x: mlp(p, x, jax.nn.relu)
    return adversarial(
        init(K[0], [2, 128, 128, 2]), init(K[1], [2, 128, 128, 1]), net, net, data, 256, 2)


def vae_mnist():
    data = jax.random.uniform(K[2], (4000, 784))

    def loss(p, key):
        k1, k2 = jax.random.split(key)
        x = data[jax.random.randint(k1, (128,), 0, len(data))]
        mu, logvar = jnp.split(mlp(p[0], x, jax.nn.relu), 2, 1)
        u = mlp(p[1], mu + jnp.exp(logvar / 2) * jax.random.normal(k2, mu.shape), jax.nn.relu)
        kl = 0.5 * (jnp.exp(logvar) + mu**2 - 1 - logvar).sum()
        return ((jax.nn.softplus(u) - x * u).sum() + kl) / len(x)

    return single(loss, [init(K[0], [784, 400, 40]), init(K[1], [20, 400, 784])])


def gan_mnist():
    data = jax.random.uniform(K[2], (4000, 784)) * 2 - 1
    return adversarial(
        init(K[0], [64, 256, 512, 784]), init(K[1], [784, 512, 256, 1]),
        lambda p, z: mlp(p, z, leaky, jnp.tanh), lambda p, x: mlp(p, x, leaky), data, 128, 64)


def conv_init(key, shape, fan_in):
    w, c = jax.random.split(key)
    bound = fan_in**-0.5
    return [jax.random.uniform(w, shape, minval=-bound, maxval=bound),
            jax.random.uniform(c, (1, shape[-1], 1, 1), minval=-bound, maxval=bound)]


def dcgan():
    data = jax.random.uniform(K[2], (4000, 1, 28, 28)) * 2 - 1
    layout = ("NCHW", "HWIO", "NCHW")

    def conv(p, x):
        return lax.conv_general_dilated(x, p[0], (2, 2), [(1, 1)] * 2, dimension_numbers=layout) + p[1]

    def deconv(p, x):
        return lax.conv_transpose(x, p[0], (2, 2), [(2, 2)] * 2, dimension_numbers=layout) + p[1]

    def G(p, z):
        x = jax.nn.relu(z @ p[0][0] + p[0][1]).reshape(-1, 64, 7, 7)
        return jnp.tanh(deconv(p[2], jax.nn.relu(deconv(p[1], x))))

    def D(p, x):
        x = leaky(conv(p[1], leaky(conv(p[0], x))))
        return x.reshape(len(x), -1) @ p[2][0] + p[2][1]

    k = jax.random.split(K[0], 6)
    g = [init(k[0], [64, 3136])[0], conv_init(k[1], (4, 4, 64, 32), 1024),
         conv_init(k[2], (4, 4, 32, 1), 512)]
    d = [conv_init(k[3], (4, 4, 1, 32), 16), conv_init(k[4], (4, 4, 32, 64), 512),
         init(k[5], [3136, 1])[0]]
    return adversarial(g, d, G, D, data, 64, 64)


step, state = globals()[name]()
keys = list(jax.random.split(jax.random.key(2), 1000))
begin = time.perf_counter()
for i in range(10):
    state = step(state, keys[i])
jax.block_until_ready(state)
warm_up = time.perf_counter() - begin
times, end = [], time.perf_counter() + seconds
while time.perf_counter() < end or len(times) < 20:
    start = time.perf_counter()
    state = step(state, keys[len(times) % 1000])
    jax.block_until_ready(state)
    times.append((time.perf_counter() - start) * 1e6)
times.sort()
print(f"{times[len(times) // 2]:.1f}\t{times[0]:.1f}\t{len(times)}\t{warm_up:.1f}")
