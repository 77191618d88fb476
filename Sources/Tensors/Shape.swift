/// The sizes of a tensor's axes, outermost first; empty for a number.
package struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral, CustomStringConvertible {
  package let sizes: [Int]

  /// Largest rank that the strided kernels walk.
  package static let maximumRank = 6

  package static let scalar = Shape([])

  package init(_ sizes: [Int]) { self.sizes = sizes }
  package init(arrayLiteral sizes: Int...) { self.sizes = sizes }

  package var rank: Int { sizes.count }
  package subscript(axis: Int) -> Int { sizes[axis] }

  /// Number of elements; saturates instead of overflowing, so that a size limit can refuse it.
  package var count: Int {
    if sizes.contains(0) { return 0 }
    var product = 1
    for size in sizes {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      if overflow { return .max }
      product = next
    }
    return product
  }

  /// Bytes of that many floats; saturates as `count` does.
  package var byteCount: Int {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    return overflow ? .max : bytes
  }

  /// Whether offsets into a block of this shape can be computed, empty axes counted as one.
  package var isAddressable: Bool {
    Shape(sizes.map { max($0, 1) }).count < 1 << 48
  }

  /// Distance in elements between neighbours along each axis of a row-major block.
  package var strides: [Int] {
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * sizes[axis + 1]
    }
    return strides
  }

  /// `128×784`, or `number` for rank 0.
  package var description: String {
    rank == 0 ? "number" : sizes.map(String.init).joined(separator: "×")
  }

  /// The shape that both broadcast to, or nil if they clash.
  package func broadcast(with other: Shape) -> Shape? {
    if self == other || other.rank == 0 { return self }
    if rank == 0 { return other }
    let rank = max(self.rank, other.rank)
    var sizes = [Int](repeating: 1, count: rank)
    for back in 1...rank {
      let a = back <= self.rank ? self.sizes[self.rank - back] : 1
      let b = back <= other.rank ? other.sizes[other.rank - back] : 1
      guard a == b || a == 1 || b == 1 else { return nil }
      sizes[rank - back] = a == 1 ? b : a
    }
    return Shape(sizes)
  }

  /// Whether every element is read in place when this shape is broadcast to `target`.
  package func broadcasts(to target: Shape) -> Bool {
    broadcast(with: target) == target
  }

  /// This shape with the given axes set to size 1.
  package func reduced(along axes: [Int]) -> Shape {
    var sizes = self.sizes
    for axis in axes { sizes[axis] = 1 }
    return Shape(sizes)
  }

  /// This shape without the given axes.
  package func removing(_ axes: [Int]) -> Shape {
    Shape(sizes.indices.filter { !axes.contains($0) }.map { sizes[$0] })
  }

  /// The axes along which this shape is stretched when it is broadcast to `target`, in `target`'s
  /// numbering.
  package func stretchedAxes(in target: Shape) -> [Int] {
    let missing = target.rank - rank
    return target.sizes.indices.filter { axis in
      axis < missing || (sizes[axis - missing] == 1 && target.sizes[axis] != 1)
    }
  }
}
