package dev.offload.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorClosedException;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.QueueTimeoutException;
import dev.offload.RemoteTaskException;
import dev.offload.RetryReason;
import dev.offload.RetrySpec;
import dev.offload.TaskStatus;
import dev.offload.WorkerCrashException;
import dev.offload.dispatch.Submission.Tries;

/**
 * Says after which failures a task is tried again, and when.
 */
final class RetryRules {

	/** What cannot be rebuilt has no classes above it that are known here. */
	private static final List<String> REMOTE = List.of(RemoteTaskException.class.getName(), Exception.class.getName(),
			Throwable.class.getName());

	private RetryRules() {
	}

	/**
	 * For what reason a failure is one after which a task may be tried again.
	 * @param rules the rules
	 * @param outcome how the attempt ended
	 * @param failure the exception that it ended with
	 * @return the reason, {@code null} if it is none
	 */
	static @Nullable RetryReason reason(RetrySpec rules, Outcome outcome, Throwable failure) {
		TaskStatus status = outcome.status();
		if (status == TaskStatus.CRASHED) {
			return (failure instanceof WorkerCrashException) ? RetryReason.CRASH : null;
		}
		if (status != TaskStatus.FAILED && status != TaskStatus.TIMED_OUT) {
			return null;
		}
		if (isFinal(failure) || !isNamed(rules, failure)) {
			return null;
		}
		return (status == TaskStatus.TIMED_OUT) ? RetryReason.TIMEOUT : RetryReason.FAILURE;
	}

	// Another attempt would end the same, or comes too late.
	private static boolean isFinal(Throwable failure) {
		return failure instanceof PayloadException || failure instanceof ExecutorClosedException
				|| failure instanceof QueueTimeoutException;
	}

	private static boolean isNamed(RetrySpec rules, Throwable failure) {
		List<String> names = names(failure);
		if (names.stream().anyMatch(rules.excludes()::contains)) {
			return false;
		}
		return rules.includes().isEmpty() ? isOfTask(failure) : names.stream().anyMatch(rules.includes()::contains);
	}

	// An exception that is thrown by the work itself, and no error of the JVM.
	private static boolean isOfTask(Throwable failure) {
		return failure instanceof RemoteTaskException
				|| (failure instanceof Exception && !(failure instanceof OffloadException));
	}

	// Its class and those above it. What Offload throws is meant only where it is named:
	// above it are the classes of all.
	private static List<String> names(Throwable failure) {
		List<String> names = new ArrayList<>();
		if (failure instanceof RemoteTaskException remote) {
			names.add(remote.className());
			names.addAll(REMOTE);
			return names;
		}
		Class<?> last = (failure instanceof OffloadException) ? OffloadException.class : Throwable.class;
		for (Class<?> type = failure.getClass(); type != null; type = last.equals(type) ? null : type.getSuperclass()) {
			names.add(type.getName());
		}
		return names;
	}

	// Whether there may be another attempt after these.
	static boolean allow(RetrySpec rules, RetryReason reason, Tries tries) {
		return (reason == RetryReason.CRASH) ? tries.crashes() < rules.maxCrashes()
				: tries.failures() < rules.maxAttempts();
	}

	/**
	 * How long to wait before the next attempt.
	 * @param rules the rules
	 * @param made how many attempts there were, at least 1
	 * @param chance from 0 to 1
	 * @return the pause in nanoseconds
	 */
	static long pauseNanos(RetrySpec rules, int made, double chance) {
		double pause = TimeUnit.NANOSECONDS.convert(rules.delay()) * Math.pow(rules.multiplier(), made - 1);
		double longest = TimeUnit.NANOSECONDS.convert(rules.maxDelay());
		return (long) (Math.min(pause, longest) * (1 - rules.jitter() * chance));
	}

}
