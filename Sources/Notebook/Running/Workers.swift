import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Threads with a stack as deep as programs may recurse, which a thread pool's are not.
enum Workers {
  private static let stackByteCount = 512 << 20

  /// Transforms the items on up to `jobs` threads; `finished` hears of each result in order.
  static func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], jobs: Int, finished: @escaping @Sendable (Result) -> Void,
    _ transform: @escaping @Sendable (Item) -> Result
  ) -> [Result] {
    let queue = WorkQueue(items, transform, finished)
    let threads = (0..<max(1, min(jobs, items.count))).map { _ in
      Thread(stackByteCount: stackByteCount) { queue.drain() }
    }
    for thread in threads { thread.join() }
    return queue.results
  }
}

/// Items to transform and the results so far.
private final class WorkQueue<Item: Sendable, Result: Sendable>: Sendable {
  private struct State {
    var results: [Result?]
    var taken = 0
    var delivered = 0
  }

  private let items: [Item]
  private let transform: @Sendable (Item) -> Result
  private let finished: @Sendable (Result) -> Void
  private let state: Mutex<State>

  init(
    _ items: [Item], _ transform: @escaping @Sendable (Item) -> Result,
    _ finished: @escaping @Sendable (Result) -> Void
  ) {
    self.items = items
    self.transform = transform
    self.finished = finished
    state = Mutex(State(results: items.map { _ in nil }))
  }

  var results: [Result] { state.withLock { $0.results.compactMap(\.self) } }

  /// Takes items until none is left.
  func drain() {
    while let index = take() {
      let result = transform(items[index])
      state.withLock { state in
        state.results[index] = result
        while state.delivered < items.count, let next = state.results[state.delivered] {
          finished(next)
          state.delivered += 1
        }
      }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.taken < items.count else { return nil }
      state.taken += 1
      return state.taken - 1
    }
  }
}

/// One joinable thread; a system that gives none has the work done by the caller.
private struct Thread {
  #if canImport(Darwin)
    private var handle: pthread_t?
  #else
    private var handle = pthread_t()
  #endif
  private let isStarted: Bool

  private final class Work {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  init(stackByteCount: Int, _ run: @escaping @Sendable () -> Void) {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackByteCount)
    let work = Unmanaged.passRetained(Work(run))
    #if canImport(Darwin)
      let status = pthread_create(
        &handle, &attributes,
        { argument in
          Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
          return nil
        }, work.toOpaque())
    #else
      let status = pthread_create(
        &handle, &attributes,
        { argument in
          if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
          return nil
        }, work.toOpaque())
    #endif
    isStarted = status == 0
    if !isStarted { work.takeRetainedValue().run() }
  }

  func join() {
    guard isStarted else { return }
    #if canImport(Darwin)
      if let handle { pthread_join(handle, nil) }
    #else
      pthread_join(handle, nil)
    #endif
  }
}
