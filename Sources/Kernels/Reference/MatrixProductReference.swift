extension Reference {
  /// C = A · B: one sum per element, from +0, with fused multiply-adds in the order of `k`.
  package static func matrixProduct(
    _ product: MatrixProduct, a: [Float], b: [Float]
  ) -> [Float] {
    var c = [Float](repeating: 0, count: product.m * product.n)
    for i in 0..<product.m {
      for j in 0..<product.n {
        var sum: Float = 0
        for k in 0..<product.k {
          sum.addProduct(
            a[i * product.leftRowStride + k * product.leftColumnStride],
            b[k * product.rightRowStride + j * product.rightColumnStride])
        }
        c[i * product.n + j] = sum
      }
    }
    return c
  }
}
