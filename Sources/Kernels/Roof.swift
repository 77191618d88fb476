/// What the machine can do at best, for comparison: as many fused multiply-adds as one core's
/// registers allow, without memory.
///
/// Gives a number that depends on all of them, so that none is left out. Each round is
/// `roofOperationsPerRound` floating-point operations.
package func roofRounds(_ rounds: Int) -> Float {
  let slope = VectorMath.splat(0.999), shift = VectorMath.splat(0.001)
  var a = shift, b = slope, c = shift, d = slope, e = shift, f = slope
  var g = shift, h = slope, i = shift, j = slope, k = shift, l = slope
  for _ in 0..<rounds {
    a = VectorMath.fused(a, slope, shift)
    b = VectorMath.fused(b, slope, shift)
    c = VectorMath.fused(c, slope, shift)
    d = VectorMath.fused(d, slope, shift)
    e = VectorMath.fused(e, slope, shift)
    f = VectorMath.fused(f, slope, shift)
    g = VectorMath.fused(g, slope, shift)
    h = VectorMath.fused(h, slope, shift)
    i = VectorMath.fused(i, slope, shift)
    j = VectorMath.fused(j, slope, shift)
    k = VectorMath.fused(k, slope, shift)
    l = VectorMath.fused(l, slope, shift)
  }
  let sum = a + b + c + d + e + f + g + h + i + j + k + l
  return sum[0] + sum[15]
}

package let roofOperationsPerRound = 12 * 16 * 2
