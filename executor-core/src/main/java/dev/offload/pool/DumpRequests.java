package dev.offload.pool;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.offload.protocol.Message.ThreadDump;

/**
 * The dumps of threads that one worker was asked for and has not sent yet. Safe for use
 * by many threads.
 */
final class DumpRequests {

	/** By the number of the task for which it was asked, 0 for none. */
	private final Map<Long, CompletableFuture<ThreadDump>> open = new ConcurrentHashMap<>();

	// The dump that comes for a task; whoever asks for the same one gets the same.
	CompletableFuture<ThreadDump> expect(long task) {
		CompletableFuture<ThreadDump> dump = this.open.computeIfAbsent(task, (number) -> new CompletableFuture<>());
		var unused = dump.whenComplete((done, failure) -> this.open.remove(task, dump));
		return dump;
	}

	// One has come; it may be too late, and is forgotten then.
	void came(ThreadDump dump) {
		CompletableFuture<ThreadDump> expected = this.open.get(dump.task());
		if (expected != null) {
			expected.complete(dump);
		}
	}

}
