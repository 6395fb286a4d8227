package dev.offload.codec.kryo;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The objects of a payload that were written, by their order. An object is looked for by
 * a hash that it may share with others, for its identity hash must be made by the JVM
 * first, which takes longer than to write it: that is asked for only when the places for
 * the hash are taken. Used by one thread at a time.
 */
final class WrittenObjects {

	/** What {@link #indexOf} says of an object that was not there. */
	static final int NEW = -1;

	private static final int LEAST_CAPACITY = 512;

	private static final int MAX_KEPT = 8 * 1024;

	/** How many places are for a hash. */
	private static final int PLACES = 8;

	private static final int MIXED = 0x9E3779B9;

	private @Nullable Object[] objects = new @Nullable Object[LEAST_CAPACITY];

	/** The order of what is at a place. */
	private int[] indexes = new int[LEAST_CAPACITY];

	/** The places in use, by order. */
	private int[] places = new int[LEAST_CAPACITY / 2];

	/** The hashes, by order. */
	private int[] hashes = new int[LEAST_CAPACITY / 2];

	private int shift = Integer.numberOfLeadingZeros(LEAST_CAPACITY) + 1;

	private int size;

	/** How many were taken by identity. */
	private long steps;

	/**
	 * Looks for an object, and keeps it if it is not there.
	 * @param object the object
	 * @param hash the same each time that this object is looked for
	 * @return which one it is, from 0, or {@link #NEW}
	 */
	int indexOf(Object object, int hash) {
		int place = find(object, hash);
		if (this.objects[place] != null) {
			return this.indexes[place];
		}
		if (this.size == this.places.length) {
			grow();
			place = find(object, hash);
		}
		this.hashes[this.size] = hash;
		put(object, place, this.size);
		this.size++;
		return NEW;
	}

	// For tests, which cannot measure time.
	long steps() {
		return this.steps;
	}

	private void put(Object object, int place, int index) {
		this.objects[place] = object;
		this.indexes[place] = index;
		this.places[index] = place;
	}

	// Where it is or belongs: which one it is counts, not what is in it. At most half of
	// the places are taken, so there is one.
	@SuppressWarnings("ReferenceEquality")
	private int find(Object object, int hash) {
		@Nullable Object[] kept = this.objects;
		int mask = kept.length - 1;
		int place = (hash * MIXED) >>> this.shift;
		for (int i = 0; i < PLACES; i++) {
			Object found = kept[place];
			if (found == object || found == null) {
				return place;
			}
			place = (place + 1) & mask;
		}
		return findByIdentity(object);
	}

	// Each object steps in its own way, which no content can choose: however many places
	// are taken in a row, a few steps lead out of there. All steps are odd, and so come
	// to each place.
	@SuppressWarnings("ReferenceEquality")
	private int findByIdentity(Object object) {
		@Nullable Object[] kept = this.objects;
		int mask = kept.length - 1;
		int identity = System.identityHashCode(object) * MIXED;
		int step = (identity << 1) | 1;
		int place = identity >>> this.shift;
		while (kept[place] != object && kept[place] != null) {
			place = (place + step) & mask;
			this.steps++;
		}
		return place;
	}

	private void grow() {
		@Nullable Object[] former = this.objects;
		int[] formerPlaces = this.places;
		allocate(former.length * 2, Arrays.copyOf(this.hashes, former.length));
		for (int i = 0; i < this.size; i++) {
			Object object = former[formerPlaces[i]];
			if (object != null) {
				put(object, find(object, this.hashes[i]), i);
			}
		}
	}

	private void allocate(int capacity, int[] kept) {
		this.objects = new @Nullable Object[capacity];
		this.indexes = new int[capacity];
		this.places = new int[capacity / 2];
		this.hashes = kept;
		this.shift = Integer.numberOfLeadingZeros(capacity) + 1;
	}

	// Takes as long as there were objects, not as there are places.
	void clear() {
		if (this.objects.length > MAX_KEPT) {
			allocate(LEAST_CAPACITY, new int[LEAST_CAPACITY / 2]);
		}
		else {
			for (int i = 0; i < this.size; i++) {
				this.objects[this.places[i]] = null;
			}
		}
		this.size = 0;
	}

}
