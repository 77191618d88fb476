/// A power series in t with tensors as coefficients: a function of a matrix along the line A + t·D.
///
/// With D = A − stop(A), which is zero and yet depends on A, the sum of the coefficients has the
/// value of the first and, up to the order at which it is cut off, every derivative. The first is
/// computed in double precision outside of the graph; each other follows from a differential
/// equation dX/dt = F(X, D) as (k + 1)·X[k + 1] = F(X, D)[k].
///
/// Source: Griewank & Walther, Evaluating Derivatives, 2nd ed. (2008), ch. 13.
struct MatrixSeries {
  private(set) var terms: [Tensor]

  init(_ terms: Tensor...) { self.terms = terms }

  subscript(k: Int) -> Tensor { terms[k] }

  mutating func append(_ term: Tensor) { terms.append(term) }

  /// Appends what follows from the latest coefficient of the derivative.
  mutating func append(derivative: Tensor) throws(TensorError) {
    terms.append(try derivative / Tensor(Float(terms.count)))
  }

  /// Appends to the reciprocal of `series`: the sum of series[i]·reciprocal[k − i] is 0 for k > 0.
  /// Where the first coefficient is zero, because nothing can be divided by, all of them are.
  mutating func appendReciprocal(of series: MatrixSeries) throws(TensorError) {
    let k = terms.count
    var rest = try series[1] * terms[k - 1]
    for i in 2..<max(k + 1, 2) { rest = try rest + series[i] * terms[k - i] }
    terms.append(try -(terms[0] * rest))
  }

  var sum: Tensor {
    get throws(TensorError) {
      var sum = terms[0]
      for term in terms.dropFirst() { sum = try sum + term }
      return sum
    }
  }

  /// Coefficient k of the product of two series.
  static func product(
    _ a: MatrixSeries, _ b: MatrixSeries, _ k: Int,
    by multiply: (Tensor, Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    var sum = try multiply(a[0], b[k])
    for i in 1..<max(k + 1, 1) { sum = try sum + multiply(a[i], b[k - i]) }
    return sum
  }

  /// Element by element.
  static func elementwise(
    _ a: MatrixSeries, _ b: MatrixSeries, _ k: Int
  ) throws(TensorError) -> Tensor {
    try product(a, b, k) { (x, y) throws(TensorError) in try x * y }
  }

  static func matrixProduct(
    _ a: MatrixSeries, _ b: MatrixSeries, _ k: Int
  ) throws(TensorError) -> Tensor {
    try product(a, b, k) { (x, y) throws(TensorError) in try x.matrixProduct(y) }
  }

  /// Of the first matrix transposed and the second.
  static func transposedProduct(
    _ a: MatrixSeries, _ b: MatrixSeries, _ k: Int
  ) throws(TensorError) -> Tensor {
    try product(a, b, k) { (x, y) throws(TensorError) in try x.transposed().matrixProduct(y) }
  }

  /// Of a line of numbers: element j minus element i at row i and column j.
  var gaps: MatrixSeries {
    get throws(TensorError) {
      var gaps = MatrixSeries()
      for term in terms {
        let size = term.count
        gaps.append(try term.reshape(to: [1, size]) - term.reshape(to: [size, 1]))
      }
      return gaps
    }
  }

  var squares: MatrixSeries {
    get throws(TensorError) {
      var squares = MatrixSeries()
      for k in terms.indices { squares.append(try MatrixSeries.elementwise(self, self, k)) }
      return squares
    }
  }
}

/// 1 / (λ[j] − λ[i]) at row i and column j, which the derivatives of eigenvectors are scaled by.
///
/// Zero between equal values, whose vectors are arbitrary in the space that they span: the first
/// derivative of what does not depend on that choice is right all the same.
package struct InverseGaps {
  let matrix: Matrix
  /// 1 / λ[i], zero for zero.
  let reciprocals: [Double]
  /// Whether derivatives end at the first because some numbers could not be divided by.
  package private(set) var areSingular = false

  /// What is smaller than this share of the largest value is zero.
  private static let threshold = 1e-12

  /// Between eigenvalues.
  package init(eigenvalues values: [Double]) {
    self.init(values) { $1 - $0 }
    areSingular = hasTies
  }

  /// Between the squares of the singular values of a matrix.
  package init(singularValues values: [Double], isSquare: Bool) {
    self.init(values) { ($1 - $0) * ($1 + $0) }
    areSingular = hasTies || !isSquare && reciprocals.contains(0)
  }

  private let hasTies: Bool

  private init(_ values: [Double], _ gap: (Double, Double) -> Double) {
    let least = InverseGaps.threshold * (values.reduce(0) { max($0, abs($1)) })
    var (matrix, hasTies) = (Matrix.zeros(values.count, values.count), false)
    for i in values.indices {
      for j in values.indices where j != i {
        if abs(values[i] - values[j]) <= least {
          hasTies = true
        } else {
          matrix[i, j] = InverseGaps.finite(1 / gap(values[i], values[j]))
        }
      }
    }
    (self.matrix, self.hasTies) = (matrix, hasTies)
    reciprocals = values.map { abs($0) <= least ? 0 : InverseGaps.finite(1 / $0) }
  }

  /// Zero for what a tensor cannot hold.
  private static func finite(_ x: Double) -> Double { Float(x).isFinite ? x : 0 }
}

extension Tensor {
  /// Zero, with the gradient of this tensor.
  var variation: Tensor {
    get throws(TensorError) { try self - stopped() }
  }

  /// The diagonal of a square matrix as a line.
  var diagonalLine: Tensor {
    get throws(TensorError) {
      try (self * Matrix.identity(shape[0]).tensor).sum(axes: [1])
    }
  }
}
