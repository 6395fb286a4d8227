package dev.offload.spring.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import dev.offload.ExecutorSnapshot;
import dev.offload.ExecutorSpec;
import dev.offload.QuarantinedWork;
import dev.offload.spring.Words;

/**
 * An executor as the endpoint shows it. Durations are ISO-8601, such as {@code PT1.5S};
 * states, outcomes and reasons are the words of the meters' tags.
 *
 * @param name the name
 * @param type the type, such as {@code process}
 * @param state {@code open}, {@code draining} or {@code closed}
 * @param paused whether accepted tasks wait until it is resumed
 * @param unavailable why tasks are refused although it is open, in one line; left out
 * while they are not
 * @param limits the limits
 * @param pending accepted tasks that have not ended
 * @param queued tasks that wait for a worker
 * @param active tasks that run
 * @param retrying tasks that failed and wait for the time of their next attempt
 * @param submitted tasks accepted since the start
 * @param completed tasks ended since the start, by outcome
 * @param rejected tasks refused since the start, by reason
 * @param retried attempts that followed others since the start, by reason
 * @param quarantined work that is refused because it has crashed too many workers
 * @param averageWait the mean time that tasks waited for a worker
 * @param averageRun the mean time that tasks ran
 * @param workersStarted worker processes started since the start
 * @param workersCrashed worker processes that died without being told to
 * @param workers the worker processes
 */
public record ExecutorDescriptor(String name, String type, String state, boolean paused, @Nullable String unavailable,
		LimitsDescriptor limits, long pending, long queued, long active, long retrying, long submitted,
		Map<String, Long> completed, Map<String, Long> rejected, Map<String, Long> retried,
		List<QuarantinedDescriptor> quarantined, String averageWait, String averageRun, long workersStarted,
		long workersCrashed, List<WorkerDescriptor> workers) implements OperationResponseBody {

	static ExecutorDescriptor of(ExecutorSpec spec, ExecutorSnapshot snapshot, List<QuarantinedWork> quarantined) {
		return new ExecutorDescriptor(snapshot.name(), snapshot.type(), Words.of(snapshot.state()), snapshot.paused(),
				unavailable(snapshot), LimitsDescriptor.of(snapshot.limits().applyTo(spec), snapshot.maxWorkers()),
				snapshot.pending(), snapshot.queued(), snapshot.active(), snapshot.retrying(), snapshot.submitted(),
				byWord(snapshot.completed()), byWord(snapshot.rejected()), byWord(snapshot.retried()),
				quarantined.stream().map(QuarantinedDescriptor::of).toList(), text(snapshot.averageWait()),
				text(snapshot.averageRun()), snapshot.workersStarted(), snapshot.workersCrashed(),
				snapshot.workers().stream().map(WorkerDescriptor::of).toList());
	}

	/**
	 * Why tasks are refused, without the output of a worker, which may hold secrets.
	 * @param snapshot the executor
	 * @return the first line, {@code null} while tasks are not refused
	 */
	static @Nullable String unavailable(ExecutorSnapshot snapshot) {
		String reason = snapshot.unavailable();
		if (reason == null) {
			return null;
		}
		int end = reason.indexOf('\n');
		return (end < 0) ? reason : reason.substring(0, end).stripTrailing() + " [the log has more]";
	}

	/**
	 * A duration to the millisecond; a text, so that no setting of the mapper changes it.
	 * @param duration the duration
	 * @return it in ISO-8601
	 */
	static String text(Duration duration) {
		return Duration.ofMillis(duration.toMillis()).toString();
	}

	private static Map<String, Long> byWord(Map<? extends Enum<?>, Long> counts) {
		Map<String, Long> words = new TreeMap<>();
		counts.forEach((constant, count) -> words.put(Words.of(constant), count));
		return words;
	}

}
