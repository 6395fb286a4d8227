package dev.offload.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.offload.TaskRecord;
import dev.offload.codec.JdkPayloadCodec;
import dev.offload.spi.PayloadCodec;
import dev.offload.spi.PayloadScope;
import dev.offload.spi.StoredTask;

/**
 * Turns results into bytes and back. One that cannot be kept is told of once for each
 * executor, and its task is kept without it. Safe for use by many threads.
 */
final class ResultCodec {

	private static final Logger logger = LoggerFactory.getLogger(JdbcTaskStore.class);

	private static final int PLAIN = 0;

	/** An {@link Optional}, which Java does not serialize; what it holds follows. */
	private static final int OPTIONAL = 1;

	private static final int EMPTY = 2;

	private static final int TYPE = 1_000;

	private final PayloadCodec codec;

	private final PayloadScope scope;

	private final long maxBytes;

	private final AtomicLong unkept = new AtomicLong();

	/** The executors of which was told; there are few. */
	private final Set<String> told = ConcurrentHashMap.newKeySet();

	ResultCodec(PayloadCodec codec, PayloadScope scope, long maxBytes) {
		this.codec = codec;
		this.scope = scope;
		this.maxBytes = maxBytes;
	}

	long unkept() {
		return this.unkept.get();
	}

	@Nullable EncodedResult encode(StoredTask stored) {
		if (!stored.hasResult()) {
			return null;
		}
		Object result = stored.result();
		try {
			LimitedBytes out = new LimitedBytes(this.maxBytes);
			write(result, out);
			String type = (result != null) ? result.getClass().getName() : "null";
			return new EncodedResult(this.codec.name(), CleanText.of(type, TYPE), out.toByteArray());
		}
		catch (Exception | StackOverflowError | LinkageError ex) {
			this.unkept.incrementAndGet();
			tell(stored.task(), "is not kept", ex);
			return null;
		}
	}

	private void write(@Nullable Object result, LimitedBytes out) throws IOException {
		if (result instanceof Optional<?> optional) {
			out.write(optional.isPresent() ? OPTIONAL : EMPTY);
			if (optional.isPresent()) {
				this.codec.encode(optional.get(), out);
			}
			return;
		}
		out.write(PLAIN);
		this.codec.encode(result, out);
	}

	StoredTask decode(TaskRow row) {
		EncodedResult encoded = row.result();
		if (encoded == null) {
			return new StoredTask(row.storable());
		}
		try {
			return new StoredTask(row.storable(), true, read(encoded));
		}
		catch (Exception | StackOverflowError | LinkageError ex) {
			tell(row.task(), "cannot be read", ex);
			return new StoredTask(row.storable());
		}
	}

	private @Nullable Object read(EncodedResult encoded) throws IOException, ClassNotFoundException {
		InputStream in = new ByteArrayInputStream(encoded.bytes());
		int form = in.read();
		if (form == EMPTY) {
			return Optional.empty();
		}
		Object value = codec(encoded.codec()).decode(in, this.scope);
		return (form == OPTIONAL) ? Optional.ofNullable(value) : value;
	}

	private PayloadCodec codec(String name) throws IOException {
		if (name.equals(this.codec.name())) {
			return this.codec;
		}
		if (name.equals(JdkPayloadCodec.NAME)) {
			return new JdkPayloadCodec();
		}
		throw new IOException("it was written by the codec '" + name + "', and the store has '" + this.codec.name()
				+ "' and '" + JdkPayloadCodec.NAME + "'");
	}

	private void tell(TaskRecord task, String what, Throwable failure) {
		if (this.told.add(task.executor() + " " + what)) {
			logger.warn("The result of task {} of executor '{}' {}: {}. Others of this executor are not told of",
					task.id(), task.executor(), what, failure.toString());
		}
	}

}
