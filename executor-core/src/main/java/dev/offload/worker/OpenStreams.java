package dev.offload.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The streams of the tasks that run, by the numbers of these. Safe for use by many
 * threads.
 */
final class OpenStreams {

	private final Map<Long, ItemSender> senders = new ConcurrentHashMap<>();

	void opened(long task, ItemSender sender) {
		this.senders.put(task, sender);
	}

	void closed(long task) {
		this.senders.remove(task);
	}

	// For one that has ended it means nothing.
	void taken(long task, long bytes) {
		@Nullable ItemSender sender = this.senders.get(task);
		if (sender != null) {
			sender.taken(bytes);
		}
	}

}
