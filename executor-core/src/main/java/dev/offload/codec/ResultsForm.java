package dev.offload.codec;

import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import dev.offload.PayloadException;
import dev.offload.spi.CallResults;
import dev.offload.spi.Items;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadScope;

/**
 * The results of repeated calls as one result, of arrays and numbers only, which every
 * codec writes and every scope admits: the values, which of them are optional, which
 * calls failed and how, and the time.
 */
final class ResultsForm {

	private static final int PARTS = 5;

	/** Bytes with which it is not tried again. */
	private static final long LEAST_ROOM = 1024;

	private ResultsForm() {
	}

	static Payload encode(TaskCodec codec, CallResults results) {
		try {
			return codec.encodeResult(form(codec, results));
		}
		catch (PayloadException ex) {
			return encodeWhatFits(codec, results);
		}
	}

	// Values are measured one by one, and may be somewhat larger together.
	private static Payload encodeWhatFits(TaskCodec codec, CallResults results) {
		long room = codec.maxBytes();
		while (true) {
			try {
				return codec.encodeResult(form(codec, withoutUnsendable(codec, results, room)));
			}
			catch (PayloadException ex) {
				if (room < LEAST_ROOM) {
					throw ex;
				}
				room /= 2;
			}
		}
	}

	private static CallResults withoutUnsendable(TaskCodec codec, CallResults results, long room) {
		Map<Integer, Throwable> failures = new TreeMap<>(results.failures());
		List<@Nullable Object> values = new ArrayList<>();
		int count = Items.count(results.values());
		long left = room - sizeOf(codec, failures);
		for (int i = 0; i < count; i++) {
			Object value = Items.get(results.values(), i);
			Throwable failure = null;
			long size = 0;
			try {
				size = codec.encodeResult(value).size();
				failure = (size > left) ? codec.tooLargeTogether(count) : null;
			}
			catch (PayloadException ex) {
				failure = ex;
			}
			values.add((failure != null) ? null : value);
			if (failure != null) {
				failures.put(i, failure);
				size = codec.encodeFailure(failure).size();
			}
			left -= size;
		}
		return new CallResults(values.toArray(), failures, results.nanos());
	}

	private static long sizeOf(TaskCodec codec, Map<Integer, Throwable> failures) {
		return failures.values().stream().mapToLong((failure) -> codec.encodeFailure(failure).size()).sum();
	}

	private static Object[] form(TaskCodec codec, CallResults results) {
		Map<Integer, Throwable> failures = results.failures();
		byte[][] written = failures.values()
			.stream()
			.map((failure) -> head(codec.encodeFailure(failure)))
			.toArray(byte[][]::new);
		int[] optional = optional(results.values());
		return new Object[] { (optional.length == 0) ? results.values() : plain((Object[]) results.values()), optional,
				indexes(failures), written, results.nanos() };
	}

	// A failure has no attachments.
	private static byte[] head(Payload failure) {
		return Arrays.copyOfRange(failure.bytes(), failure.start(), failure.start() + failure.length());
	}

	private static int[] indexes(Map<Integer, Throwable> failures) {
		return failures.keySet().stream().mapToInt(Integer::intValue).toArray();
	}

	// As elsewhere a result may be an Optional, which Java does not serialize.
	private static int[] optional(Object values) {
		if (!(values instanceof Object[] objects)) {
			return new int[0];
		}
		List<Integer> found = new ArrayList<>();
		for (int i = 0; i < objects.length; i++) {
			if (objects[i] instanceof Optional<?>) {
				found.add(i);
			}
		}
		return found.stream().mapToInt(Integer::intValue).toArray();
	}

	private static Object[] plain(@Nullable Object[] values) {
		List<@Nullable Object> plain = new ArrayList<>();
		for (Object value : values) {
			plain.add((value instanceof Optional<?> optional) ? optional.orElse(null) : value);
		}
		return plain.toArray();
	}

	// A worker is not trusted to say what fits.
	static CallResults decode(TaskCodec codec, @Nullable Object form, long size, PayloadScope scope)
			throws StreamCorruptedException {
		if (form instanceof Object[] parts && parts.length == PARTS && parts[0] != null && parts[0].getClass().isArray()
				&& parts[1] instanceof int[] optional && parts[2] instanceof int[] failed
				&& parts[3] instanceof byte[][] failures && parts[4] instanceof Long nanos
				&& failed.length == failures.length) {
			int count = Items.count(parts[0]);
			requireAscending(optional, count);
			requireAscending(failed, count);
			requireNoMoreThan(size, failures);
			return new CallResults(optionals(parts[0], optional, count), read(codec, failed, failures, scope), nanos);
		}
		throw new StreamCorruptedException("they are not the results of repeated calls");
	}

	private static Object optionals(Object values, int[] optional, int count) throws StreamCorruptedException {
		if (optional.length == 0) {
			return values;
		}
		if (!(values instanceof Object[] objects)) {
			throw new StreamCorruptedException("a number is no Optional");
		}
		@Nullable Object[] restored = Arrays.copyOf(objects, count, Object[].class);
		for (int index : optional) {
			restored[index] = Optional.ofNullable(restored[index]);
		}
		return restored;
	}

	private static Map<Integer, Throwable> read(TaskCodec codec, int[] failed, byte[][] failures, PayloadScope scope) {
		Map<Integer, Throwable> read = new TreeMap<>();
		for (int i = 0; i < failed.length; i++) {
			read.put(failed[i], codec.decodeFailure(Payload.of(failures[i]), scope));
		}
		return read;
	}

	// None of them twice, in the order in which they were written.
	private static void requireAscending(int[] indexes, int count) throws StreamCorruptedException {
		int before = -1;
		for (int index : indexes) {
			if (index <= before || index >= count) {
				throw new StreamCorruptedException("there is no call " + index + " after call " + before);
			}
			before = index;
		}
	}

	// One array that is there many times would become many exceptions.
	private static void requireNoMoreThan(long size, byte[][] failures) throws StreamCorruptedException {
		long sum = 0;
		for (byte[] failure : failures) {
			if (failure == null) {
				throw new StreamCorruptedException("a failure is missing");
			}
			sum += failure.length;
		}
		if (sum > size) {
			throw new StreamCorruptedException("failures of " + sum + " bytes in a payload of " + size);
		}
	}

}
