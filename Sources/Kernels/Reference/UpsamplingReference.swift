extension Reference {
  package static func upsampling(_ shape: Upsampling, input: [Float]) -> [Float] {
    var output: [Float] = []
    for plane in 0..<shape.planes {
      for row in 0..<shape.outHeight {
        for column in 0..<shape.outWidth {
          let line = plane * shape.height + row / shape.factor
          output.append(input[line * shape.width + column / shape.factor])
        }
      }
    }
    return output
  }

  /// By row, then column of a pixel's copies.
  package static func upsamplingGradient(
    _ shape: Upsampling, outputGradient: [Float]
  ) -> [Float] {
    var result = [Float](repeating: 0, count: shape.planes * shape.height * shape.width)
    for (index, gradient) in outputGradient.enumerated() {
      let (line, column) = (index / shape.outWidth, index % shape.outWidth)
      result[line / shape.factor * shape.width + column / shape.factor] += gradient
    }
    return result
  }
}
