/// A way to read a block of memory as a tensor, without copying it.
package struct View: Sendable, Hashable {
  /// The block, an index into the plan's slots.
  package let slot: Int
  package let shape: Shape
  /// Distance in floats between neighbours along each axis; 0 where the axis is stretched.
  package let strides: [Int]
  /// Position of the first element.
  package let offset: Int

  init(slot: Int, shape: Shape, strides: [Int], offset: Int) {
    self.slot = slot
    self.shape = shape
    self.strides = strides
    self.offset = offset
  }

  init(slot: Int, shape: Shape) {
    self.init(slot: slot, shape: shape, strides: shape.strides, offset: 0)
  }

  /// Whether elements follow each other without gaps in row-major order.
  var isContiguous: Bool {
    var expected = 1
    for axis in stride(from: shape.rank - 1, through: 0, by: -1) where shape[axis] != 1 {
      if strides[axis] != expected { return false }
      expected *= shape[axis]
    }
    return true
  }

  func permuted(_ axes: [Int]) -> View {
    View(
      slot: slot, shape: Shape(axes.map { shape[$0] }), strides: axes.map { strides[$0] },
      offset: offset)
  }

  func broadcast(to target: Shape) -> View {
    let missing = target.rank - shape.rank
    let stretched = target.sizes.indices.map { axis in
      axis < missing || shape[axis - missing] != target[axis] ? 0 : strides[axis - missing]
    }
    return View(slot: slot, shape: target, strides: stretched, offset: offset)
  }

  func sliced(_ slices: [AxisSlice]) -> View {
    var offset = self.offset
    for (axis, slice) in slices.enumerated() where slice.count > 0 {
      offset += slice.start * strides[axis]
    }
    return View(
      slot: slot, shape: Shape(slices.map(\.count)),
      strides: slices.indices.map { strides[$0] * slices[$0].step }, offset: offset)
  }

  /// The same elements under another shape, or nil if that needs a copy.
  func reshaped(to target: Shape) -> View? {
    if isContiguous {
      return View(slot: slot, shape: target, strides: target.strides, offset: offset)
    }
    // Walk both shapes from the back, matching groups of axes that hold equally many elements;
    // a group of old axes must itself be gapless.
    var strides = [Int](repeating: 0, count: target.rank)
    var old = shape.rank - 1
    var new = target.rank - 1
    while new >= 0 {
      if target[new] == 1 {
        new -= 1
        continue
      }
      while old >= 0, shape[old] == 1 { old -= 1 }
      guard old >= 0 else { return nil }
      var room = shape[old]
      var innermost = self.strides[old]
      while new >= 0, room > 1 {
        if target[new] == 1 {
          new -= 1
          continue
        }
        if room % target[new] != 0 {
          guard let widened = gaplessNeighbour(of: &old) else { return nil }
          room *= widened
          continue
        }
        strides[new] = innermost
        innermost *= target[new]
        room /= target[new]
        new -= 1
      }
      guard room == 1 else { return nil }
      old -= 1
    }
    return View(slot: slot, shape: target, strides: strides, offset: offset)
  }

  /// Size of the next outer axis if it continues axis `axis` without a gap; `axis` moves to it.
  private func gaplessNeighbour(of axis: inout Int) -> Int? {
    var outer = axis - 1
    while outer >= 0, shape[outer] == 1 { outer -= 1 }
    guard outer >= 0, strides[outer] == strides[axis] * shape[axis] else { return nil }
    axis = outer
    return shape[outer]
  }
}
