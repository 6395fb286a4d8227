package dev.offload.spool;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

import dev.offload.ExecutorOverloadException;
import dev.offload.Invocation;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.RejectionReason;
import dev.offload.codec.PayloadReference;
import dev.offload.spi.StreamedType;

/**
 * Puts those arguments of one call into files that travel by reference. Used by one
 * thread.
 */
final class Staging {

	private final Spool spool;

	private final Invocation invocation;

	private final boolean copies;

	private final List<SpoolFile> files = new ArrayList<>();

	Staging(Spool spool, Invocation invocation, boolean copies) {
		this.spool = spool;
		this.invocation = invocation;
		this.copies = copies;
	}

	// Null if all arguments travel in the payload.
	@Nullable StagedCall stage() {
		@Nullable Object[] given = this.invocation.arguments();
		@Nullable Object @Nullable [] staged = null;
		try {
			for (int i = 0; i < given.length; i++) {
				Object value = given[i];
				StreamedType type = typeOf(value, i);
				if (type != null && value != null) {
					staged = (staged != null) ? staged : Arrays.copyOf(given, given.length, Object[].class);
					requireNew(value, given, i);
					staged[i] = reference(type, value, i);
				}
			}
		}
		catch (Throwable ex) {
			this.files.forEach(SpoolFile::run);
			throw ex;
		}
		return (staged != null) ? new StagedCall(this.invocation.withArguments(staged), this.files) : null;
	}

	private @Nullable StreamedType typeOf(@Nullable Object value, int index) {
		return this.spool.types().find(value, this.invocation.method().getParameterTypes()[index]);
	}

	// The same content cannot be read twice.
	@SuppressWarnings("ReferenceEquality")
	private void requireNew(Object value, @Nullable Object[] given, int index) {
		for (int i = 0; i < index; i++) {
			if (given[i] == value && value instanceof InputStream) {
				throw refused(index, "it is the same stream as " + label(i) + ", and can be read only once", null);
			}
		}
	}

	private PayloadReference reference(StreamedType type, Object value, int index) {
		String name = type.type().getName();
		try {
			Path named = type.file(value);
			if (named != null) {
				return new PayloadReference(name, false, named.toString(), -1, type.attributes(value));
			}
			if (!this.copies) {
				throw refused(index, "streams do not travel in batches: submit the calls one by one, or send the Path "
						+ "of a file", null);
			}
			Map<String, String> attributes = type.attributes(value);
			SpoolFile file = fill(type, value, index);
			return new PayloadReference(name, true, file.path().toString(), file.length(), attributes);
		}
		catch (InterruptedIOException ex) {
			throw interrupted(index, ex);
		}
		catch (IOException ex) {
			throw refused(index, String.valueOf(ex.getMessage()), ex);
		}
		catch (OffloadException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw refused(index, ex.toString(), ex);
		}
	}

	// The identity is what counts: a stream that was given is its owner's to close.
	@SuppressWarnings("ReferenceEquality")
	private SpoolFile fill(StreamedType type, Object value, int index) throws IOException {
		SpoolFile file = this.spool.newFile();
		this.files.add(file);
		SpoolWriter writer = new SpoolWriter(file.path(), (bytes) -> take(file, bytes, index), this.spool.setting());
		InputStream content = open(type, value);
		if (content == value) {
			writer.write(content);
			return file;
		}
		try (content) {
			writer.write(content);
			return file;
		}
	}

	private static InputStream open(StreamedType type, Object value) throws IOException {
		try {
			return type.open(value);
		}
		catch (IOException | RuntimeException ex) {
			throw new IOException("it could not be opened: " + ex, ex);
		}
	}

	private void take(SpoolFile file, int bytes, int index) {
		if (file.grow(bytes)) {
			return;
		}
		SpoolSpace space = this.spool.space();
		if (file.length() + bytes > space.limit()) {
			throw refused(index, "it has more bytes than max-spool-bytes, which is " + space.limit() + "; raise "
					+ this.spool.property("max-spool-bytes") + ", or send the Path of a file", null);
		}
		throw new ExecutorOverloadException(this.spool.executor(), RejectionReason.MAX_SPOOL_BYTES, space.held(),
				space.limit(),
				"Executor '" + this.spool.executor() + "' has no room for " + label(index) + " of "
						+ this.invocation.label() + ": its files hold " + space.held() + " bytes, " + file.length()
						+ " of them already of this argument, and max-spool-bytes is " + space.limit()
						+ ". What was read of a stream is gone: try again later with one that can be opened anew, or raise max-spool-bytes");
	}

	private CancellationException interrupted(int index, InterruptedIOException cause) {
		CancellationException cancelled = new CancellationException(
				"Executor '" + this.spool.executor() + "': " + this.invocation.label() + " was cancelled while "
						+ label(index) + " was copied, for " + cause.getMessage());
		cancelled.initCause(cause);
		return cancelled;
	}

	private PayloadException refused(int index, String reason, @Nullable Throwable cause) {
		Object value = this.invocation.arguments()[index];
		return new PayloadException(this.spool.executor(), Direction.TO_WORKER, label(index),
				(value != null) ? value.getClass().getName() : null,
				"The call of " + this.invocation.label() + " cannot be sent to a worker of executor '"
						+ this.spool.executor() + "': " + label(index) + " travels by reference, but " + reason,
				cause);
	}

	private String label(int index) {
		Parameter parameter = this.invocation.method().getParameters()[index];
		return "argument " + (index + 1) + (parameter.isNamePresent() ? " (" + parameter.getName() + ")" : "");
	}

}
