/// The largest value under a window that moves over the planes of `[…, H, W]`.
///
/// Places of the window that lie in the padding do not exist. The largest value is the first of
/// equals; a NaN is larger than everything.
package struct Pooling: Sendable, Equatable {
  /// Images times channels.
  package let planes: Int
  package let height: Int
  package let width: Int
  package let window: Int
  package let stride: Int
  package let padding: Int

  package init(
    planes: Int, height: Int, width: Int, window: Int, stride: Int, padding: Int = 0
  ) {
    self.planes = planes
    self.height = height
    self.width = width
    self.window = window
    self.stride = stride
    self.padding = padding
  }

  package var outHeight: Int {
    Convolution.places(of: window, along: height, stride: stride, padding: padding)
  }

  package var outWidth: Int {
    Convolution.places(of: window, along: width, stride: stride, padding: padding)
  }

  /// Shape: input `[planes, H, W]`, output `[planes, H', W']`
  package func max(input: Buffer, output: Buffer, pool: ThreadPool) {
    eachPlane(input, output, pool) { source, target in
      eachPlace { place, rows, columns in
        target[place] = source[indexOfLargest(source, rows, columns)]
      }
    }
  }

  /// Gives each gradient to the place of its largest value, which is found again.
  ///
  /// Shape: input and result `[planes, H, W]`, output gradient `[planes, H', W']`
  package func maxGradient(
    input: Buffer, outputGradient: Buffer, result: Buffer, pool: ThreadPool
  ) {
    eachPlane(result, outputGradient, pool) { target, gradient in
      let source = input.base + (target - result.base)
      for i in 0..<height * width { target[i] = 0 }
      eachPlace { place, rows, columns in
        target[indexOfLargest(source, rows, columns)] += gradient[place]
      }
    }
  }

  @inline(__always)
  private func eachPlane(
    _ large: Buffer, _ small: Buffer, _ pool: ThreadPool,
    _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let (area, outArea) = (height * width, outHeight * outWidth)
    pool.run(planes, work: planes * area * window) {
      body(large.base + $0 * area, small.base + $0 * outArea)
    }
  }

  /// Visits the window's places with the rows and columns under it that exist.
  @inline(__always)
  private func eachPlace(_ body: (_ place: Int, Range<Int>, Range<Int>) -> Void) {
    let (placesDown, placesAcross) = (outHeight, outWidth)
    for row in 0..<placesDown {
      let rows = under(row, height)
      for column in 0..<placesAcross {
        body(row * placesAcross + column, rows, under(column, width))
      }
    }
  }

  @inline(__always)
  private func under(_ place: Int, _ side: Int) -> Range<Int> {
    let start = place * stride - padding
    let first = Swift.max(start, 0)
    return first..<Swift.max(Swift.min(start + window, side), first)
  }

  @inline(__always)
  private func indexOfLargest(
    _ source: UnsafePointer<Float>, _ rows: Range<Int>, _ columns: Range<Int>
  ) -> Int {
    var best = rows.lowerBound * width + columns.lowerBound
    var largest = source[best]
    for row in rows {
      for column in columns {
        let value = source[row * width + column]
        // Once a NaN is the largest, nothing compares as larger.
        if value > largest || (value.isNaN && !largest.isNaN) {
          largest = value
          best = row * width + column
        }
      }
    }
    return best
  }
}
