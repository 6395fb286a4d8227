package dev.offload.spring.event;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Whether the application listens for any of some types of events. Asked for each event,
 * so it is found out once. Safe for use by many threads.
 */
final class Audience {

	private final EventListeners listeners;

	private final List<Class<?>> types;

	/** Written once the listeners are known: whether there is any. */
	private volatile @Nullable Boolean there;

	Audience(EventListeners listeners, Class<?>... types) {
		this.listeners = listeners;
		this.types = List.of(types);
	}

	boolean isThere() {
		Boolean known = this.there;
		if (known == null && this.listeners.areKnown()) {
			known = this.types.stream().anyMatch(this.listeners::want);
			this.there = known;
		}
		return known != null && known;
	}

}
