import Kernels

/// A lazy, immutable, rectangular block of 32-bit floats; a number is a tensor of rank 0.
package struct Tensor {
  package let node: Node

  package init(_ node: Node) { self.node = node }

  package init(_ value: Float) { node = Node(constant: value) }

  /// A tensor of values in memory.
  ///
  /// Throws: `outOfMemory` if the system has no room for them.
  package init(_ values: [Float], shape: Shape) throws(TensorError) {
    precondition(values.count == shape.count)
    let storage = try Storage.allocate(shape)
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress {
        storage.buffer.base.update(from: base, count: source.count)
      }
    }
    node = Node(storage, shape: shape)
  }

  package var shape: Shape { node.shape }
  package var rank: Int { node.shape.rank }
  package var count: Int { node.shape.count }

  /// A tensor of one value everywhere, which takes no memory until somebody looks.
  package static func full(_ value: Float, shape: Shape) throws(TensorError) -> Tensor {
    try Tensor(value).broadcast(to: shape)
  }
}

extension Storage {
  /// Room for a tensor of the given shape.
  package static func allocate(_ shape: Shape) throws(TensorError) -> Storage {
    try allocate(count: shape.count)
  }

  package static func allocate(count: Int) throws(TensorError) -> Storage {
    guard let storage = Storage(count: count) else {
      throw .outOfMemory(bytes: Shape([count]).byteCount, limit: 0)
    }
    return storage
  }
}
