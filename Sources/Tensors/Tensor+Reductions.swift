extension Tensor {
  /// Sum along `axes` (all of them if nil). Shape: reduced axes go, or stay with size 1 if `keep`.
  package func sum(axes: [Int]? = nil, keep: Bool = false) throws(TensorError) -> Tensor {
    try reduced(axes, keep: keep) { Op.sum(axes: $0) }
  }

  /// Mean along `axes`: the sum times one over the number of elements.
  package func mean(axes: [Int]? = nil, keep: Bool = false) throws(TensorError) -> Tensor {
    let axes = try normalized(axes)
    let count = axes.reduce(1) { $0 * shape[$1] }
    return try sum(axes: axes, keep: keep) / Tensor(Float(count))
  }

  /// Mean squared distance from the mean, divided by n as in NumPy.
  package func variance(axes: [Int]? = nil, keep: Bool = false) throws(TensorError) -> Tensor {
    let centred = try self - mean(axes: axes, keep: true)
    return try Tensor.map(.square, centred).mean(axes: axes, keep: keep)
  }

  package func maximum(axes: [Int]? = nil, keep: Bool = false) throws(TensorError) -> Tensor {
    try reduced(axes, keep: keep) { Op.maximum(axes: $0) }
  }

  package func minimum(axes: [Int]? = nil, keep: Bool = false) throws(TensorError) -> Tensor {
    try reduced(axes, keep: keep) { Op.minimum(axes: $0) }
  }

  /// Position of the largest element along `axis`; the first of equals.
  package func argmax(axis: Int, keep: Bool = false) throws(TensorError) -> Tensor {
    try reduced([axis], keep: keep) { Op.argmax(axis: $0[0]) }
  }

  package func argmin(axis: Int, keep: Bool = false) throws(TensorError) -> Tensor {
    try reduced([axis], keep: keep) { Op.argmin(axis: $0[0]) }
  }

  /// Running sum along `axis`.
  package func cumsum(axis: Int) throws(TensorError) -> Tensor {
    Tensor(try Node(.cumsum(axis: try normalized(axis)), [node]))
  }

  /// Positions that sort along `axis`, ascending, equals in order, NaN last.
  package func argsort(axis: Int) throws(TensorError) -> Tensor {
    Tensor(try Node(.argsort(axis: try normalized(axis)), [node]))
  }

  private func reduced(
    _ axes: [Int]?, keep: Bool, _ op: ([Int]) -> Op
  ) throws(TensorError) -> Tensor {
    let axes = try normalized(axes)
    let kept = axes.isEmpty ? self : Tensor(try Node(op(axes), [node]))
    return keep ? kept : try kept.reshape(to: shape.removing(axes))
  }

  /// Axes counted from the front, in ascending order and once each.
  package func normalized(_ axes: [Int]?) throws(TensorError) -> [Int] {
    guard let axes else { return Array(0..<rank) }
    var seen = Set<Int>()
    for axis in axes { seen.insert(try normalized(axis)) }
    return seen.sorted()
  }

  /// An axis counted from the front; negative ones count from the back.
  package func normalized(_ axis: Int) throws(TensorError) -> Int {
    let fromFront = axis < 0 ? axis + rank : axis
    guard fromFront >= 0, fromFront < rank else {
      throw .axisOutOfRange(axis: axis, shape: shape)
    }
    return fromFront
  }
}
