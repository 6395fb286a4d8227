package dev.offload.test;

import java.time.Duration;

import dev.offload.Task;

/**
 * Tasks that go wrong, to test what becomes of a service whose tasks do. Each says what
 * it does, and what an executor of type {@code process} makes of it. Most of them must
 * not run in the service itself, as those of other types would: they end it.
 * <p>
 * Those that send signals or start processes need a Unix system, with {@code kill},
 * {@code sleep} and {@code setsid}.
 */
public final class FaultTasks {

	private FaultTasks() {
	}

	/**
	 * Calls {@code System.exit}. It fails with a {@link dev.offload.WorkerCrashException}
	 * that names the code, whatever that is.
	 * @param code the exit code
	 * @return the task
	 */
	public static Task<Integer> exit(int code) {
		return () -> EndFaults.exit(code);
	}

	/**
	 * Ends its process without shutdown hooks. It fails with a
	 * {@link dev.offload.WorkerCrashException} that names the code, whatever that is.
	 * @param code the exit code
	 * @return the task
	 */
	public static Task<Integer> halt(int code) {
		return () -> EndFaults.halt(code);
	}

	/**
	 * Calls {@code System.exit} where a shutdown hook never ends. Its worker is killed at
	 * the {@code timeout} of the task, and it fails with a
	 * {@link dev.offload.TaskTimeoutException}.
	 * @param code the exit code
	 * @return the task
	 */
	public static Task<Integer> exitWithHangingHook(int code) {
		return () -> EndFaults.exitWithHangingHook(code);
	}

	/**
	 * Answers, and calls {@code System.exit} a little later. The task succeeds; one that
	 * runs in the worker by then fails with a {@link dev.offload.WorkerCrashException},
	 * and one that is submitted afterwards gets another worker.
	 * @param code the exit code
	 * @param delay how much later
	 * @return the task, which gives the code
	 */
	public static Task<Integer> exitLater(int code, Duration delay) {
		return () -> EndFaults.exitLater(code, delay);
	}

	/**
	 * Calls {@code System.exit} while its result is written. It fails with a
	 * {@link dev.offload.WorkerCrashException} that names the code.
	 * @param code the exit code
	 * @return the task
	 */
	public static Task<Object> exitWhileResultIsWritten(int code) {
		return () -> new PayloadFaults.ExitingResult(code);
	}

	/**
	 * Kills its process with {@code SIGKILL}. It fails with a
	 * {@link dev.offload.WorkerCrashException} that names the signal.
	 * @return the task
	 */
	public static Task<Integer> killItself() {
		return () -> EndFaults.signalItself("KILL");
	}

	/**
	 * Kills another process with {@code SIGKILL}, such as another worker.
	 * @param pid its process id
	 * @return the task, which gives the exit code of {@code kill}
	 */
	public static Task<Integer> killOther(long pid) {
		return () -> EndFaults.signal("KILL", pid);
	}

	/**
	 * Stops its process with {@code SIGSTOP}: nothing in it runs any more. The worker is
	 * killed at the {@code timeout} of the task, and it fails with a
	 * {@link dev.offload.TaskTimeoutException}.
	 * @return the task
	 */
	public static Task<Integer> stopItself() {
		return () -> EndFaults.signalItself("STOP");
	}

	/**
	 * Writes to address 0, as a native library with a bug does. It fails with a
	 * {@link dev.offload.WorkerCrashException} that names {@code SIGSEGV} and has the
	 * crash report of the JVM.
	 * @return the task
	 */
	public static Task<Integer> crashNatively() {
		return EndFaults::crashNatively;
	}

	/**
	 * Uses up the heap. It fails with a {@link dev.offload.WorkerCrashException} that
	 * says so.
	 * @return the task
	 */
	public static Task<Integer> useUpHeap() {
		return MemoryFaults::useUpHeap;
	}

	/**
	 * Lets another thread use up the heap, and waits for that. It fails with a
	 * {@link dev.offload.WorkerCrashException} that says so.
	 * @return the task
	 */
	public static Task<Integer> useUpHeapInAnotherThread() {
		return MemoryFaults::useUpHeapInAnotherThread;
	}

	/**
	 * Uses up the memory for direct buffers. It fails with a
	 * {@link dev.offload.WorkerCrashException} that says so.
	 * @return the task
	 */
	public static Task<Integer> useUpDirectMemory() {
		return MemoryFaults::useUpDirectMemory;
	}

	/**
	 * Calls itself without end. It fails with a {@link StackOverflowError}; the worker
	 * lives.
	 * @return the task
	 */
	public static Task<Integer> overflowStack() {
		return () -> MemoryFaults.overflowStack(0);
	}

	/**
	 * Opens files until it gets no more, and closes them. It fails with an
	 * {@link java.io.IOException}; the worker lives.
	 * @return the task
	 */
	public static Task<Integer> useUpDescriptors() {
		return MemoryFaults::useUpDescriptors;
	}

	/**
	 * Opens files and never closes them. The task succeeds, and they are closed with the
	 * end of its worker: {@code max-tasks-per-worker} is the remedy.
	 * @param number how many
	 * @return the task, which gives how many there are in its worker by now
	 */
	public static Task<Integer> leakDescriptors(int number) {
		return () -> MemoryFaults.leakDescriptors(number);
	}

	/**
	 * Starts threads that never end. The task succeeds, and they end with its worker:
	 * {@code max-tasks-per-worker} is the remedy.
	 * @param number how many
	 * @return the task, which gives the number
	 */
	public static Task<Integer> leakThreads(int number) {
		return () -> FaultThreads.leak(number);
	}

	/**
	 * Answers, and lets a thread throw an exception a little later. The task succeeds,
	 * the worker lives, and no other task is told.
	 * @param delay how much later
	 * @return the task, which gives 0
	 */
	public static Task<Integer> throwLater(Duration delay) {
		return () -> FaultThreads.throwLater(delay);
	}

	/**
	 * Counts for ever and heeds no interrupt. Its worker is killed at its
	 * {@code timeout}, and it fails with a {@link dev.offload.TaskTimeoutException}.
	 * @return the task
	 */
	public static Task<Long> spin() {
		return TimeFaults::spin;
	}

	/**
	 * Keeps a processor busy, and heeds no interrupt.
	 * @param time for how long
	 * @return the task, which gives how often it went round
	 */
	public static Task<Long> spinFor(Duration time) {
		return () -> TimeFaults.spinFor(time);
	}

	/**
	 * Sleeps until its time is over or it is interrupted. At its {@code timeout} it fails
	 * with a {@link dev.offload.TaskTimeoutException} whose cause is its
	 * {@link InterruptedException}; the worker lives.
	 * @param time for how long
	 * @return the task, which gives the milliseconds
	 */
	public static Task<Long> sleep(Duration time) {
		return () -> TimeFaults.sleep(time);
	}

	/**
	 * Sleeps until its time is over, whatever interrupts it. At its {@code timeout} its
	 * worker is killed, unless it ends within {@code kill-grace}.
	 * @param time for how long
	 * @return the task, which gives how often it was interrupted
	 */
	public static Task<Integer> ignoreInterrupts(Duration time) {
		return () -> TimeFaults.ignoreInterrupts(time);
	}

	/**
	 * Waits for a lock that it never gets. Its worker is killed at its {@code timeout},
	 * and it fails with a {@link dev.offload.TaskTimeoutException}.
	 * @return the task
	 */
	public static Task<Integer> deadlock() {
		return TimeFaults::deadlock;
	}

	/**
	 * Interrupts its own thread and ends. The task succeeds, and the next one on that
	 * thread is not interrupted.
	 * @return the task, which gives {@code true}
	 */
	public static Task<Boolean> interruptItself() {
		return TimeFaults::interruptItself;
	}

	/**
	 * Prints a line that has no end. The task succeeds, and the service keeps no more of
	 * it than of other output.
	 * @param bytes how much
	 * @return the task, which gives the number
	 */
	public static Task<Long> floodOutput(long bytes) {
		return () -> StreamFaults.flood(System.out, bytes);
	}

	/**
	 * The same as {@link #floodOutput} on {@code System.err}.
	 * @param bytes how much
	 * @return the task, which gives the number
	 */
	public static Task<Long> floodErrors(long bytes) {
		return () -> StreamFaults.flood(System.err, bytes);
	}

	/**
	 * Closes standard input, output and error of its process. The task succeeds; the
	 * worker lives, and still ends with its service.
	 * @return the task, which gives 0
	 */
	public static Task<Integer> closeStandardStreams() {
		return StreamFaults::closeStandardStreams;
	}

	/**
	 * Connects to the socket of its pool and writes what means nothing. The task
	 * succeeds, and no worker and no task is touched.
	 * @param bytes how much
	 * @return the task, which gives how much was taken
	 */
	public static Task<Long> writeGarbageToSocket(int bytes) {
		return () -> StreamFaults.writeGarbageToSocket(bytes);
	}

	/**
	 * Starts a process and leaves it behind. The task succeeds, and the process is killed
	 * with its worker, however that ends.
	 * @param life how long it would live
	 * @return the task, which gives the id of the process
	 */
	public static Task<Long> startChild(Duration life) {
		return () -> StreamFaults.startChild(life);
	}

	/**
	 * Starts a process that leaves the tree of its worker, with a session of its own. The
	 * task succeeds, and on Linux the process is killed with its worker all the same.
	 * @param life how long it would live
	 * @return the task, which gives the id of the process
	 */
	public static Task<Long> startDetached(Duration life) {
		return () -> StreamFaults.startDetached(life);
	}

	/**
	 * Holds what cannot be serialized. It is refused with a
	 * {@link dev.offload.PayloadException} when it is submitted.
	 * @return the task
	 */
	public static Task<Integer> unwritable() {
		return new PayloadFaults.Holding(PayloadFaults.unwritable());
	}

	/**
	 * Holds what cannot be deserialized. It fails with a
	 * {@link dev.offload.PayloadException}; the worker lives.
	 * @return the task
	 */
	public static Task<Integer> unreadable() {
		return new PayloadFaults.Holding(new PayloadFaults.Unreadable());
	}

	/**
	 * Gives what cannot be serialized. It fails with a
	 * {@link dev.offload.PayloadException} that names its class; the worker lives.
	 * @return the task
	 */
	public static Task<Object> unwritableResult() {
		return PayloadFaults::unwritable;
	}

	/**
	 * Gives what cannot be deserialized. It fails with a
	 * {@link dev.offload.PayloadException}; the worker lives.
	 * @return the task
	 */
	public static Task<Object> unreadableResult() {
		return PayloadFaults.Unreadable::new;
	}

	/**
	 * Gives an array. Where that is over {@code max-payload-bytes}, it fails with a
	 * {@link dev.offload.PayloadException} that names the setting; the worker lives.
	 * @param bytes the length
	 * @return the task
	 */
	public static Task<byte[]> largeResult(int bytes) {
		return () -> new byte[bytes];
	}

	/**
	 * Throws an exception that cannot be serialized. It fails with a
	 * {@link dev.offload.RemoteTaskException} that has its class name, message and stack
	 * trace; the worker lives.
	 * @return the task
	 */
	public static Task<Integer> unwritableFailure() {
		return PayloadFaults::throwUnwritable;
	}

	/**
	 * Throws an {@link java.io.IOException} that is the cause of its own cause. It fails
	 * with that, or with a {@link dev.offload.RemoteTaskException} that has its texts;
	 * the worker lives.
	 * @return the task
	 */
	public static Task<Integer> cyclicFailure() {
		return PayloadFaults::throwCycle;
	}

	/**
	 * Throws an {@link AssertionError}. It fails with that; the worker lives.
	 * @return the task
	 */
	public static Task<Integer> error() {
		return PayloadFaults::throwError;
	}

	/**
	 * Returns an exception instead of throwing it. The task succeeds.
	 * @return the task
	 */
	public static Task<Exception> returnedException() {
		return () -> new IllegalStateException("Returned, not thrown");
	}

}
