package dev.offload.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import dev.offload.Invocation;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.Task;
import dev.offload.codec.Invoices.Invoice;
import dev.offload.codec.Invoices.Line;
import dev.offload.codec.Invoices.Lock;
import dev.offload.codec.Invoices.Printer;
import dev.offload.spi.PayloadLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link TaskCodec}: what cannot be sent is named, with the way to it.
 */
class EncodingErrorTests {

	private final TaskCodec codec = Codecs.codec();

	private final Lock lock = new Lock();

	@Test
	void argumentWhenAFieldOfALineIsNotSerializableNamesItsPath() {
		Invoice invoice = new Invoice();
		for (int i = 0; i < 3; i++) {
			invoice.customer.lines.add(new Line(BigDecimal.ONE, null));
		}
		invoice.customer.lines.add(new Line(BigDecimal.ONE, new Lock()));
		PayloadException ex = refused(render(invoice));
		assertThat(ex.path()).isEqualTo("argument 1 (invoice).customer.lines[3].lock");
		assertThat(ex.type()).isEqualTo(Lock.class.getName());
		assertThat(ex.direction()).isEqualTo(Direction.TO_WORKER);
		assertThat(ex.executor()).isEqualTo("pdf");
		assertThat(ex).hasMessage("The call of Invoices.render cannot be sent to a worker of executor 'pdf': "
				+ "argument 1 (invoice).customer.lines[3].lock is a dev.offload.codec.Invoices$Lock, which is not "
				+ "serializable; let the class implement java.io.Serializable, make the field transient, or send the "
				+ "data it holds instead, or set offload.executors.pdf.codec to kryo, which needs no Serializable, "
				+ "and add the module executor-codec-kryo");
		assertThat(ex).hasCauseInstanceOf(IOException.class);
	}

	@Test
	void argumentWhenInAnArrayOrAMapNamesItsPlace() {
		Invoice invoice = new Invoice();
		invoice.customer.attachments = new Object[] { "a", new Object[] { new Lock() } };
		assertThat(refused(render(invoice)).path()).isEqualTo("argument 1 (invoice).customer.attachments[1][0]");
		Invoice noted = new Invoice();
		noted.customer.notes = Map.of("first", List.of(new Lock()));
		assertThat(refused(render(noted)).path()).isEqualTo("argument 1 (invoice).customer.notes[first][0]");
		Invoice keyed = new Invoice();
		keyed.customer.attachments = new Object[] { new HashMap<>(Map.of(new Lock(), 1)) };
		assertThat(refused(render(keyed)).path())
			.isEqualTo("argument 1 (invoice).customer.attachments[0][key dev.offload.codec.Invoices$Lock]");
	}

	@Test
	void argumentWhenTheGraphIsCyclicIsFoundAllTheSame() {
		Invoice invoice = new Invoice();
		invoice.previous = invoice;
		invoice.customer.attachments = new Object[] { invoice, new Lock() };
		assertThat(refused(render(invoice)).path()).isEqualTo("argument 1 (invoice).customer.attachments[1]");
	}

	@Test
	void argumentItselfWhenNotSerializableIsNamed() {
		PayloadException ex = refused(anything("a", new Lock()));
		assertThat(ex.path()).isEqualTo("argument 2 (second)");
	}

	@Test
	void argumentWhenItWritesATransientFieldByItselfIsFound() {
		assertThat(refused(anything(new OwnFormat(), null)).path()).isEqualTo("argument 1 (first).hidden");
	}

	@Test
	void instanceWhenNotSerializableIsNamed() {
		Invocation invocation = Invocation.onInstance(this, Codecs.method(EncodingErrorTests.class, "work"));
		PayloadException ex = refused(invocation);
		assertThat(ex.path()).isEqualTo("instance");
		assertThat(ex.type()).isEqualTo(EncodingErrorTests.class.getName());
	}

	@Test
	void argumentWhenItIsALambdaThatIsNotSerializableSaysSo() {
		Supplier<String> supplier = () -> "a";
		PayloadException ex = refused(anything(supplier, null));
		assertThat(ex).hasMessageContaining("argument 1 (first)").hasMessageContaining("lambda whose interface is not");
	}

	@Test
	void taskWhenLambdaUsesTheEnclosingObjectSaysThatItCapturesIt() {
		PayloadException ex = refused(() -> this.lock.toString());
		assertThat(ex.path()).isEqualTo("task.this");
		assertThat(ex.type()).isEqualTo(EncodingErrorTests.class.getName());
		assertThat(ex)
			.hasMessageStartingWith("The task cannot be sent to a worker of executor 'pdf': task.this is a "
					+ "dev.offload.codec.EncodingErrorTests, which is not serializable: the lambda in "
					+ "dev.offload.codec.EncodingErrorTests uses a field or an instance method of the enclosing object")
			.hasMessageContaining("copy what it needs to local variables");
	}

	@Test
	void taskWhenLambdaCapturesALocalVariableNamesIt() {
		Lock local = new Lock();
		String fine = "a";
		PayloadException ex = refused(() -> fine + local);
		assertThat(ex.path()).isEqualTo("task.captured[1]");
		assertThat(ex).hasMessageContaining("the lambda captures it").hasMessageContaining("Invocation");
	}

	@Test
	void taskWhenMethodReferenceToABeanSaysThatItIsCaptured() {
		PayloadException ex = refused(this::work);
		assertThat(ex.type()).isEqualTo(EncodingErrorTests.class.getName());
		assertThat(ex.path()).isEqualTo("task.captured[0]");
	}

	@Test
	void taskWhenAnonymousClassSaysThatItHoldsTheEnclosingObject() {
		Task<String> task = new Task<>() {

			@Override
			public String run() {
				return EncodingErrorTests.this.lock.toString();
			}

		};
		PayloadException ex = refused(task);
		assertThat(ex.path()).isEqualTo("task.this");
		assertThat(ex).hasMessageContaining("inner class dev.offload.codec.EncodingErrorTests$");
	}

	@Test
	void resultWhenNotSerializableNamesItsPathAndTheWay() {
		List<Object> result = new ArrayList<>(List.of(1, new Lock()));
		PayloadException ex = catchThrowableOfType(PayloadException.class, () -> this.codec.encodeResult(result));
		assertThat(ex.path()).isEqualTo("result[1]");
		assertThat(ex.direction()).isEqualTo(Direction.FROM_WORKER);
		assertThat(ex).hasMessageStartingWith(
				"The result cannot be sent back from a worker of executor 'pdf': result[1] is a dev.offload.codec.");
	}

	@Test
	void argumentWhenItsWriteObjectThrowsHasTheCause() {
		PayloadException ex = refused(anything(new Failing(), null));
		assertThat(ex).hasMessageEndingWith("java.lang.IllegalStateException: not now was thrown while it was written")
			.hasCauseInstanceOf(IllegalStateException.class);
		assertThat(refused(anything(new Asserting(), null))).hasCauseInstanceOf(AssertionError.class);
	}

	@Test
	void argumentWhenNestedTooDeeplyIsAPayloadError() {
		Invoice invoice = new Invoice();
		for (int i = 0; i < 100_000; i++) {
			Invoice next = new Invoice();
			next.previous = invoice;
			invoice = next;
		}
		PayloadException ex = refused(render(invoice));
		assertThat(ex).hasMessageEndingWith("nested too deeply for the stack; send a flatter object");
	}

	@Test
	void payloadWhenOverTheLimitNamesLimitAndProperty() {
		TaskCodec small = Codecs.codec(PayloadLimits.ofBytes(1000));
		for (Object value : List.of(new byte[1001], "a".repeat(1001), new ArrayList<>(List.of(new byte[1001])))) {
			PayloadException ex = catchThrowableOfType(PayloadException.class, () -> small.encodeResult(value));
			assertThat(ex).hasMessage("The result cannot be sent back from a worker of executor 'pdf': it is over the "
					+ "limit of 1000 bytes; raise offload.executors.pdf.max-payload-bytes or send less; large content "
					+ "travels as an InputStream or the Path of a file, without that limit");
		}
		assertThat(small.encodeResult(new byte[900]).size()).isLessThan(1000);
	}

	@Test
	void payloadWhenTheErrorIsSwallowedByItsWriteObjectIsRefusedAllTheSame() {
		TaskCodec small = Codecs.codec(PayloadLimits.ofBytes(10_000));
		PayloadException ex = catchThrowableOfType(PayloadException.class, () -> small.encodeResult(new Swallowing()));
		assertThat(ex).hasMessageContaining("over the limit of 10000 bytes");
	}

	String work() {
		return this.lock.toString();
	}

	private PayloadException refused(Task<?> task) {
		return catchThrowableOfType(PayloadException.class, () -> this.codec.encodeTask(task));
	}

	private PayloadException refused(Invocation invocation) {
		return catchThrowableOfType(PayloadException.class, () -> this.codec.encodeInvocation(invocation));
	}

	private static Invocation render(Invoice invoice) {
		return Invocation.ofStatic(Codecs.method(Invoices.class, "render"), invoice, 1);
	}

	private static Invocation anything(Object first, Object second) {
		return Invocation.ofStatic(Codecs.method(Invoices.class, "anything"), first, second);
	}

	private static final class OwnFormat implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		private transient Object hidden = new Lock();

		@Serial
		private void writeObject(ObjectOutputStream out) throws IOException {
			out.writeObject(this.hidden);
		}

	}

	private static final class Failing extends Printer {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void writeObject(ObjectOutputStream out) {
			throw new IllegalStateException("not now");
		}

	}

	private static final class Asserting implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void writeObject(ObjectOutputStream out) {
			throw new AssertionError("wrong");
		}

	}

	private static final class Swallowing implements Serializable {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void writeObject(ObjectOutputStream out) {
			try {
				out.write(new byte[20_000]);
				out.flush();
			}
			catch (IOException ex) {
				// Some code does this.
			}
		}

	}

}
