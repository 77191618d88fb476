import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A team of threads that shares out the indices of a loop within microseconds.
///
/// The calling thread works too and, when it runs out of indices, waits for the others without
/// sleeping. Idle workers watch for work for some tens of microseconds, then sleep. A run inside a
/// run, or from a second thread at the same time, is done by its caller alone.
package final class ThreadPool: @unchecked Sendable {
  package let threads: Int
  private let crew = Crew()
  private let workers: [pthread_t]

  /// Starts `threads - 1` workers, or fewer if the system refuses: `threads` counts them.
  package init(threads wanted: Int) {
    var workers: [pthread_t] = []
    while workers.count < wanted - 1, let worker = ThreadPool.start(crew) { workers.append(worker) }
    self.workers = workers
    threads = workers.count + 1
  }

  deinit {
    crew.dismiss()
    for worker in workers { pthread_join(worker, nil) }
  }

  /// Runs `body` once for every index in `0..<count`, in any order, and returns when all are done.
  ///
  /// Cost: about a microsecond with awake workers, and no `Storage`.
  package func run(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1, threads > 1, crew.claim() else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      var job = Crew.Job(body: body, count: count)
      withUnsafePointer(to: &job) { crew.finish($0) }
    }
    crew.release()
  }

  private static func start(_ crew: Crew) -> pthread_t? {
    let context = Unmanaged.passRetained(crew)
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let status = pthread_create(
      &thread, nil,
      { context in
        #if canImport(Glibc)
          let context = context!
        #endif
        Unmanaged<Crew>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      return nil
    }
    return thread
  }
}

/// What the threads of a pool share.
private final class Crew: @unchecked Sendable {
  struct Job {
    let body: (Int) -> Void
    let count: Int
  }

  /// Number of the current run in the high half, indices nobody has taken yet in the low half.
  ///
  /// A late worker compares both at once, so it can never take an index of a run it did not see.
  private let ticket = Atomic<UInt64>(0)
  private let ticketLine = Vector.zero  // keeps the two busy words on separate cache lines
  private let unfinished = Atomic<Int>(0)
  private let unfinishedLine = Vector.zero
  private let sleepers = Atomic<Int>(0)
  private let dismissed = Atomic<Bool>(false)
  private let claimed = Atomic<Bool>(false)
  /// Valid while an index that was taken is unfinished, and read only then.
  private var job: UnsafePointer<Job>?
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  private static let watchedLoads = 8_000
  private static let watchedYields = 40

  init() {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
  }

  deinit {
    pthread_cond_destroy(wake)
    pthread_mutex_destroy(mutex)
    wake.deallocate()
    mutex.deallocate()
  }

  func claim() -> Bool { !claimed.exchange(true, ordering: .acquiring) }

  func release() { claimed.store(false, ordering: .releasing) }

  /// Publishes a job, takes part in it and returns when its last index is done.
  func finish(_ job: UnsafePointer<Job>) {
    let count = job.pointee.count
    self.job = job
    unfinished.store(count, ordering: .relaxed)
    let run = (ticket.load(ordering: .relaxed) >> 32) &+ 1
    ticket.store(run << 32 | UInt64(count), ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { rouse() }
    takeIndices()
    var loads = 0
    while unfinished.load(ordering: .acquiring) != 0 {
      loads += 1
      if loads > Crew.watchedLoads { sched_yield() }
    }
  }

  func dismiss() {
    dismissed.store(true, ordering: .sequentiallyConsistent)
    rouse()
  }

  /// The life of a worker.
  func work() {
    while !dismissed.load(ordering: .relaxed) {
      takeIndices()
      watch()
    }
  }

  private var isIdle: Bool {
    UInt32(truncatingIfNeeded: ticket.load(ordering: .sequentiallyConsistent)) == 0
      && !dismissed.load(ordering: .sequentiallyConsistent)
  }

  private func takeIndices() {
    var seen = ticket.load(ordering: .acquiring)
    while true {
      let left = Int(UInt32(truncatingIfNeeded: seen))
      if left == 0 { return }
      let (taken, now) = ticket.weakCompareExchange(
        expected: seen, desired: seen - 1, ordering: .acquiringAndReleasing)
      guard taken else {
        seen = now
        continue
      }
      perform(left)
      unfinished.subtract(1, ordering: .acquiringAndReleasing)
      seen = ticket.load(ordering: .acquiring)
    }
  }

  /// Apart, so that the reference to the closure is given back before the index counts as done.
  @inline(never)
  private func perform(_ left: Int) {
    let job = job.unsafelyUnwrapped
    job.pointee.body(job.pointee.count - left)
  }

  /// Waits for work: first by looking, then by giving way to other threads, then asleep.
  private func watch() {
    for _ in 0..<Crew.watchedLoads where !isIdle { return }
    for _ in 0..<Crew.watchedYields {
      sched_yield()
      if !isIdle { return }
    }
    pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while isIdle { pthread_cond_wait(wake, mutex) }
    sleepers.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  private func rouse() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
  }
}
