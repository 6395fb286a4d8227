package dev.offload.codec.kryo;

import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Sessions that nobody uses, by the loader of the classes that they know. A loader that
 * only they hold can be collected. Safe for use by many threads.
 */
final class SessionPool {

	/** Guards the places. */
	private final ReentrantLock lock = new ReentrantLock();

	/** The sessions of a loader refer to it, so they are held softly. */
	private final Map<ClassLoader, SoftReference<Place>> places = new WeakHashMap<>();

	/** The place used last, for there is seldom another. */
	private volatile SoftReference<Place> last = new SoftReference<>(null);

	Place of(ClassLoader loader) {
		Place place = this.last.get();
		if (place == null || !place.loader.equals(loader)) {
			place = find(loader);
			this.last = new SoftReference<>(place);
		}
		return place;
	}

	private Place find(ClassLoader loader) {
		this.lock.lock();
		try {
			SoftReference<Place> known = this.places.get(loader);
			Place place = (known != null) ? known.get() : null;
			if (place == null) {
				place = new Place(loader);
				this.places.put(loader, new SoftReference<>(place));
			}
			return place;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The sessions of one loader.
	 */
	static final class Place {

		private final ClassLoader loader;

		/** As many as were in use at a time; the one used last goes first. */
		private final Deque<Session> idle = new ConcurrentLinkedDeque<>();

		private Place(ClassLoader loader) {
			this.loader = loader;
		}

		Session take() {
			@Nullable Session session = this.idle.pollFirst();
			return (session != null) ? session : new Session(this.loader);
		}

		void giveBack(Session session) {
			this.idle.addFirst(session);
		}

	}

}
