extension Reference {
  /// For every place of the window, the indices under it that exist, by row, then column.
  private static func windows(_ shape: Pooling) -> [[Int]] {
    var result: [[Int]] = []
    for plane in 0..<shape.planes {
      for row in 0..<shape.outHeight {
        for column in 0..<shape.outWidth {
          var indices: [Int] = []
          for down in 0..<shape.window {
            for across in 0..<shape.window {
              let y = row * shape.stride - shape.padding + down
              let x = column * shape.stride - shape.padding + across
              guard (0..<shape.height).contains(y), (0..<shape.width).contains(x) else { continue }
              indices.append((plane * shape.height + y) * shape.width + x)
            }
          }
          result.append(indices)
        }
      }
    }
    return result
  }

  /// The first of the largest; the first NaN if there is one.
  private static func largest(_ indices: [Int], _ input: [Float]) -> Int {
    if let index = indices.first(where: { input[$0].isNaN }) { return index }
    let value = indices.map { input[$0] }.max()!
    return indices.first { input[$0] == value }!
  }

  package static func maxPooling(_ shape: Pooling, input: [Float]) -> [Float] {
    windows(shape).map { input[largest($0, input)] }
  }

  package static func maxPoolingGradient(
    _ shape: Pooling, input: [Float], outputGradient: [Float]
  ) -> [Float] {
    var result = [Float](repeating: 0, count: input.count)
    for (place, indices) in windows(shape).enumerated() {
      result[largest(indices, input)] += outputGradient[place]
    }
    return result
  }
}
