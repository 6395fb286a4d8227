package dev.offload.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

/**
 * The place of a submission among those of its kind, over all attempts at it; given back
 * once. Safe for use by many threads.
 */
final class KindPlace {

	// The place of submissions that need none.
	static final KindPlace NONE = new KindPlace(null, "");

	private final @Nullable KindPlaces places;

	private final String key;

	private final AtomicBoolean left = new AtomicBoolean();

	KindPlace(@Nullable KindPlaces places, String key) {
		this.places = places;
		this.key = key;
	}

	void leave() {
		if (this.places != null && this.left.compareAndSet(false, true)) {
			this.places.giveBack(this.key);
		}
	}

}
