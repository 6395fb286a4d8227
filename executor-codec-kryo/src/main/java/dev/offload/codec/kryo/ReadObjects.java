package dev.offload.codec.kryo;

import java.io.InvalidObjectException;
import java.util.Arrays;

import com.esotericsoftware.kryo.KryoException;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a payload that were read, by their order. Used by one thread at a time.
 */
final class ReadObjects {

	private static final int NONE = -1;

	private static final int LEAST_CAPACITY = 256;

	private static final int MAX_KEPT = 8 * 1024;

	private @Nullable Object[] objects = new @Nullable Object[LEAST_CAPACITY];

	private int size;

	/** Which one is being read. */
	private int current = NONE;

	/**
	 * Begins to read the next one.
	 * @return which one was being read before
	 */
	int begin() {
		if (this.size == this.objects.length) {
			this.objects = Arrays.copyOf(this.objects, this.size * 2);
		}
		int outer = this.current;
		this.current = this.size++;
		return outer;
	}

	// What is read from now on may hold it.
	void made(@Nullable Object object) {
		if (this.current != NONE) {
			this.objects[this.current] = object;
		}
	}

	void end(@Nullable Object object, int outer) {
		made(object);
		this.current = outer;
	}

	Object get(int index) {
		if (index < 0 || index >= this.size) {
			throw new KryoException("no object " + index);
		}
		Object object = this.objects[index];
		if (object == null) {
			throw Failures.wrap(new InvalidObjectException("an object holds itself through a record or an immutable "
					+ "collection, which can only be made when all that it holds is there"));
		}
		return object;
	}

	void clear() {
		if (this.objects.length > MAX_KEPT) {
			this.objects = new @Nullable Object[LEAST_CAPACITY];
		}
		else {
			Arrays.fill(this.objects, 0, this.size, null);
		}
		this.size = 0;
		this.current = NONE;
	}

}
