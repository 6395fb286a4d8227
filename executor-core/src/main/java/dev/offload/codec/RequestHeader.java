package dev.offload.codec;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;

import dev.offload.Invocation;
import dev.offload.InvocationTarget;
import dev.offload.Task;
import dev.offload.spi.MethodAddress;
import dev.offload.spi.Payload;

/**
 * The head of a request: whether it is a task or a call, and of which method.
 */
final class RequestHeader {

	static final int TASK = 1;

	static final int INVOCATION = 2;

	/** As an invocation, of which there are many at once. */
	static final int REPEATED = 3;

	private RequestHeader() {
	}

	static void write(LimitedOutput out, Task<?> task) throws IOException {
		PayloadWriter writer = new PayloadWriter(out);
		writer.writeByte(TASK);
		writer.writeString(task.getClass().getName());
	}

	static void write(LimitedOutput out, Invocation invocation) throws IOException {
		PayloadWriter writer = new PayloadWriter(out);
		writer.writeByte(invocation.isRepeated() ? REPEATED : INVOCATION);
		writeAddress(writer, invocation);
	}

	static void writeAddress(PayloadWriter writer, Invocation invocation) throws IOException {
		writer.writeString(invocation.target().kind().name());
		writer.writeString(invocation.target().name());
		writer.writeString(invocation.method().getDeclaringClass().getName());
		writer.writeString(invocation.method().getName());
		Class<?>[] types = invocation.method().getParameterTypes();
		writer.writeInt(types.length);
		for (Class<?> type : types) {
			writer.writeString(type.getName());
		}
	}

	static TaskRequest read(Payload payload) throws IOException {
		PayloadReader in = new PayloadReader(payload);
		int kind = in.readByte();
		if (kind == TASK) {
			String owner = in.readName();
			return new TaskRequest.OfTask(owner, payload, in.position());
		}
		if (kind != INVOCATION && kind != REPEATED) {
			throw new StreamCorruptedException("unknown kind of request " + kind);
		}
		MethodAddress address = readAddress(in);
		return new TaskRequest.OfInvocation(address, kind == REPEATED, payload, in.position());
	}

	static MethodAddress readAddress(PayloadReader in) throws IOException {
		InvocationTarget.Kind kind = readKind(in);
		String target = in.readName();
		String declaringClass = in.readName();
		String method = in.readName();
		int count = in.readCount();
		List<String> types = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			types.add(in.readName());
		}
		return new MethodAddress(kind, target, declaringClass, method, types);
	}

	private static InvocationTarget.Kind readKind(PayloadReader in) throws IOException {
		String name = in.readName();
		for (InvocationTarget.Kind kind : InvocationTarget.Kind.values()) {
			if (kind.name().equals(name)) {
				return kind;
			}
		}
		throw new StreamCorruptedException("unknown kind of target");
	}

}
