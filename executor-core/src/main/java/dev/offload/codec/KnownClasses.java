package dev.offload.codec;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The classes that were admitted once, by loader and name: to ask a loader takes longer
 * than all else that is done for a class. Holds neither loaders nor classes. Safe for use
 * by many threads.
 */
final class KnownClasses {

	/** Guards the loaders. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Map<ClassLoader, ByName> loaders = new WeakHashMap<>();

	/** The names of the loader asked last, for there is seldom another. */
	private volatile @Nullable ByName last;

	ByName of(ClassLoader loader) {
		ByName known = this.last;
		if (known == null || !loader.equals(known.loader.get())) {
			known = find(loader);
			this.last = known;
		}
		return known;
	}

	private ByName find(ClassLoader loader) {
		this.lock.lock();
		try {
			ByName known = this.loaders.get(loader);
			if (known == null) {
				known = new ByName(loader);
				this.loaders.put(loader, known);
			}
			return known;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The classes of one loader. There are no more of them than it has.
	 */
	static final class ByName {

		private final WeakReference<ClassLoader> loader;

		private final Map<String, WeakReference<Class<?>>> classes = new ConcurrentHashMap<>();

		ByName(ClassLoader loader) {
			this.loader = new WeakReference<>(loader);
		}

		@Nullable Class<?> get(String name) {
			WeakReference<Class<?>> known = this.classes.get(name);
			return (known != null) ? known.get() : null;
		}

		void add(Class<?> type) {
			this.classes.put(type.getName(), new WeakReference<>(type));
		}

	}

}
