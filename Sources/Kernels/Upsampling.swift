/// Repeats every pixel of the planes of `[…, H, W]` `factor` times across and down.
package struct Upsampling: Sendable, Equatable {
  /// Images times channels.
  package let planes: Int
  package let height: Int
  package let width: Int
  package let factor: Int

  package init(planes: Int, height: Int, width: Int, factor: Int) {
    self.planes = planes
    self.height = height
    self.width = width
    self.factor = factor
  }

  package var outHeight: Int { height * factor }
  package var outWidth: Int { width * factor }

  /// Shape: input `[planes, H, W]`, output `[planes, H · factor, W · factor]`
  package func nearest(input: Buffer, output: Buffer, pool: ThreadPool) {
    pool.run(planes, work: planes * outHeight * outWidth) { plane in
      for row in 0..<height {
        let source = input.base + (plane * height + row) * width
        let target = output.base + (plane * height + row) * factor * outWidth
        for column in 0..<width {
          for copy in 0..<factor { target[column * factor + copy] = source[column] }
        }
        for copy in 1..<max(factor, 1) {
          (target + copy * outWidth).update(from: target, count: outWidth)
        }
      }
    }
  }

  /// Adds up the gradients of a pixel's copies, by row, then column, from +0.
  ///
  /// Shape: output gradient `[planes, H · factor, W · factor]`, result `[planes, H, W]`
  package func nearestGradient(outputGradient: Buffer, result: Buffer, pool: ThreadPool) {
    pool.run(planes, work: planes * outHeight * outWidth) { plane in
      for row in 0..<height {
        let source = outputGradient.base + (plane * height + row) * factor * outWidth
        let target = result.base + (plane * height + row) * width
        for column in 0..<width {
          var sum: Float = 0
          for down in 0..<factor {
            for across in 0..<factor {
              sum += source[down * outWidth + column * factor + across]
            }
          }
          target[column] = sum
        }
      }
    }
  }
}
