/// Where the elements of a tensor of up to eight dimensions lie in a buffer.
///
/// A stride of 0 repeats an element along its dimension; a negative one runs backwards.
package struct StridedView: Sendable, Hashable {
  package static let capacity = 8

  package let rank: Int
  /// Sizes and strides of the dimensions from the outermost, `rank` of them meaningful.
  package let shape: SIMD8<Int>
  package let strides: SIMD8<Int>
  package let offset: Int

  /// Neighbouring dimensions that can be walked as one are joined, and those of size 1 left out.
  package init(shape: [Int], strides: [Int], offset: Int = 0) {
    precondition(shape.count == strides.count, "a stride for every dimension")
    var sizes = SIMD8<Int>(repeating: 1)
    var steps = SIMD8<Int>.zero
    var rank = 0
    for (size, stride) in zip(shape, strides) where size != 1 {
      if rank > 0, steps[rank - 1] == stride * size {
        sizes[rank - 1] *= size
        steps[rank - 1] = stride
      } else {
        precondition(rank < StridedView.capacity, "at most eight dimensions")
        sizes[rank] = size
        steps[rank] = stride
        rank += 1
      }
    }
    self.rank = rank
    self.shape = sizes
    self.strides = steps
    self.offset = offset
  }

  package var count: Int {
    var product = 1
    for dimension in 0..<rank { product *= shape[dimension] }
    return product
  }

  /// Writes the elements of flat indices `start..<start + count` one after another.
  func expand(
    from source: UnsafePointer<Float>, start: Int, count: Int,
    into target: UnsafeMutablePointer<Float>
  ) {
    guard rank > 0 else {
      for i in 0..<count { target[i] = source[offset] }
      return
    }
    let last = rank - 1
    var index = SIMD8<Int>.zero
    var rest = start
    var position = offset
    for dimension in stride(from: last, through: 0, by: -1) {
      index[dimension] = rest % shape[dimension]
      rest /= shape[dimension]
      position += index[dimension] * strides[dimension]
    }
    var done = 0
    while done < count {
      let length = min(shape[last] - index[last], count - done)
      copyRun(source + position, strides[last], target + done, length)
      done += length
      position -= index[last] * strides[last]
      index[last] = 0
      var dimension = last - 1
      while dimension >= 0 {
        index[dimension] += 1
        position += strides[dimension]
        if index[dimension] < shape[dimension] { break }
        position -= shape[dimension] * strides[dimension]
        index[dimension] = 0
        dimension -= 1
      }
    }
  }
}

/// Writes `count` elements that lie `stride` apart one after another.
@inline(__always)
private func copyRun(
  _ source: UnsafePointer<Float>, _ stride: Int, _ target: UnsafeMutablePointer<Float>, _ count: Int
) {
  switch stride {
  case 1: target.update(from: source, count: count)
  case 0: target.update(repeating: source.pointee, count: count)
  default: for i in 0..<count { target[i] = source[i * stride] }
  }
}
