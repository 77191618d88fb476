import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An owned block of floats: aligned to a cache line and padded to whole vectors.
package final class Storage: @unchecked Sendable {
  package let buffer: Buffer
  private let byteCount: Int

  /// Bytes held by all living blocks; the benchmarks show with it that a training step allocates
  /// nothing.
  private static let living = Atomic<Int>(0)
  private static let allocations = Atomic<Int>(0)

  package static var livingBytes: Int { living.load(ordering: .relaxed) }
  package static var allocationCount: Int { allocations.load(ordering: .relaxed) }

  /// Allocates `count` floats of undefined content, or gives nothing if the system refuses.
  package init?(count: Int) {
    let padded = (max(count, 1) + Buffer.lanes - 1) / Buffer.lanes * Buffer.lanes
    let (bytes, overflow) = padded.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflow, count >= 0 else { return nil }
    var raw: UnsafeMutableRawPointer?
    guard posix_memalign(&raw, 64, bytes) == 0, let raw else { return nil }
    let base = raw.bindMemory(to: Float.self, capacity: padded)
    for i in count..<padded { base[i] = 0 }
    buffer = Buffer(base: base, count: count)
    byteCount = bytes
    Storage.living.add(bytes, ordering: .relaxed)
    Storage.allocations.add(1, ordering: .relaxed)
  }

  deinit {
    Storage.living.subtract(byteCount, ordering: .relaxed)
    free(buffer.base)
  }
}
