internal import CClosures
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A team of threads that shares out the indices of a loop within microseconds.
///
/// Thread t of T looks first at the t-th part of the indices, so that loops over the same rows find
/// them in the cache of the same core, and then helps with what the others have not begun.
///
/// The calling thread works too and, when it runs out of indices, waits for the others without
/// sleeping. Idle workers watch for work for some hundred microseconds, then sleep. A run inside a
/// run, or from a second thread at the same time, is done by its caller alone.
package final class ThreadPool: @unchecked Sendable {
  package let threads: Int
  /// While this is set, products leave out the tasks that remain once it says true: nobody wants
  /// their result any more.
  package var isStopped: (() -> Bool)?
  private let crew = Crew()
  private let workers: [pthread_t]

  /// Starts `threads - 1` workers, or fewer if the system refuses: `threads` counts them.
  package init(threads wanted: Int) {
    var workers: [pthread_t] = []
    while workers.count < wanted - 1,
      let worker = ThreadPool.start(Recruit(crew: crew, number: workers.count + 1))
    {
      workers.append(worker)
    }
    self.workers = workers
    threads = workers.count + 1
    crew.threads = threads
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
    let (code, context) = lentWords(body)
    var job = Crew.Job(
      body: LentClosure(
        code: UnsafeRawPointer(bitPattern: code), context: UnsafeRawPointer(bitPattern: context)),
      count: count)
    withUnsafePointer(to: &job) { crew.finish($0) }
    crew.release()
  }

  private final class Recruit {
    let crew: Crew
    let number: Int

    init(crew: Crew, number: Int) {
      self.crew = crew
      self.number = number
    }
  }

  private static func start(_ recruit: Recruit) -> pthread_t? {
    let context = Unmanaged.passRetained(recruit)
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
        let recruit = Unmanaged<Recruit>.fromOpaque(context).takeRetainedValue()
        recruit.crew.work(as: recruit.number)
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      return nil
    }
    return thread
  }
}

/// The two words of a closure, which are valid until this call's caller gets its closure back.
@_silgen_name("lentWords")
private func lentWords(_ body: (Int) -> Void) -> (code: UInt, context: UInt)

/// What the threads of a pool share.
private final class Crew: @unchecked Sendable {
  struct Job {
    let body: LentClosure
    let count: Int

    var shares: Int { min(count, Ticket.mostShares) }
  }

  /// What is left of a run: its number, how many shares it has, and a bit for each that nobody has
  /// taken yet. A late worker compares all of it, so it can never take a share of a run it did not
  /// see.
  private struct Ticket {
    static let mostShares = 24
    var word: UInt64

    init(_ word: UInt64) { self.word = word }

    init(after last: Ticket, shares: Int) {
      let bits = UInt64(Ticket.mostShares)
      let run = (last.word >> (bits + 8)) &+ 1
      word = run << (bits + 8) | UInt64(shares) << bits | ((1 << UInt64(shares)) - 1)
    }

    var left: UInt32 { UInt32(truncatingIfNeeded: word) & ((1 << UInt32(Ticket.mostShares)) - 1) }

    func taking(_ share: Int) -> Ticket { Ticket(word & ~(1 << UInt64(share))) }

    /// The share a thread takes next: the first that is left of its own part, else the last that is
    /// left of all.
    func choice(of number: Int, among threads: Int) -> Int {
      let shares = Int(truncatingIfNeeded: word >> UInt64(Ticket.mostShares)) & 255
      let start = shares < threads ? min(number, shares) : shares * number / threads
      let end = shares < threads ? min(number + 1, shares) : shares * (number + 1) / threads
      let own = left & ((UInt32(1) << UInt32(end)) - (UInt32(1) << UInt32(start)))
      return own != 0 ? own.trailingZeroBitCount : 31 - left.leadingZeroBitCount
    }
  }

  private let ticket = Atomic<UInt64>(0)
  private let ticketLine = Vector.zero  // keeps the two busy words on separate cache lines
  private let unfinished = Atomic<Int>(0)
  private let unfinishedLine = Vector.zero
  private let sleepers = Atomic<Int>(0)
  private let dismissed = Atomic<Bool>(false)
  private let claimed = Atomic<Bool>(false)
  /// Set before the first run.
  var threads = 1
  /// Valid while a share that was taken is unfinished, and read only then.
  private var job: UnsafePointer<Job>?
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  private static let watchedLoads = 200_000
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

  /// Publishes a job, takes part in it and returns when its last share is done.
  func finish(_ job: UnsafePointer<Job>) {
    let shares = job.pointee.shares
    self.job = job
    unfinished.store(shares, ordering: .relaxed)
    let last = Ticket(ticket.load(ordering: .relaxed))
    ticket.store(Ticket(after: last, shares: shares).word, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { rouse() }
    takeShares(as: 0)
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
  func work(as number: Int) {
    while !dismissed.load(ordering: .relaxed) {
      takeShares(as: number)
      watch()
    }
  }

  private var isIdle: Bool {
    Ticket(ticket.load(ordering: .sequentiallyConsistent)).left == 0
      && !dismissed.load(ordering: .sequentiallyConsistent)
  }

  private func takeShares(as number: Int) {
    var seen = Ticket(ticket.load(ordering: .acquiring))
    while seen.left != 0 {
      let share = seen.choice(of: number, among: threads)
      let (taken, now) = ticket.weakCompareExchange(
        expected: seen.word, desired: seen.taking(share).word, ordering: .acquiringAndReleasing)
      guard taken else {
        seen = Ticket(now)
        continue
      }
      perform(share)
      unfinished.subtract(1, ordering: .acquiringAndReleasing)
      seen = Ticket(ticket.load(ordering: .acquiring))
    }
  }

  private func perform(_ share: Int) {
    let job = job.unsafelyUnwrapped
    let (count, shares) = (job.pointee.count, job.pointee.shares)
    for index in (share * count / shares)..<((share + 1) * count / shares) {
      callLent(job.pointee.body, index)
    }
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
