package dev.offload.codec;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;

import javax.management.BadAttributeValueExpException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.offload.CrashReport;
import dev.offload.OffloadException;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.RemoteTaskException;
import dev.offload.WorkerCrashException;
import dev.offload.WorkerDeath;
import dev.offload.WorkerHeartbeat;
import dev.offload.codec.Invoices.Lock;
import dev.offload.spi.Payload;
import dev.offload.spi.PayloadLimits;
import dev.offload.spi.PayloadScope;
import dev.offload.stranger.Gadget;
import dev.offload.stranger.LibraryException;
import dev.offload.stranger.Touched;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for the failures of {@link TaskCodec}: as themselves where possible, otherwise as
 * stand-ins that tell all and say why.
 */
class FailureCodecTests {

	private final TaskCodec codec = Codecs.codec();

	@BeforeEach
	void forget() {
		Touched.forget();
	}

	@Test
	void exceptionWhenOfTheApplicationArrivesAsItselfWithTheStack() {
		InvoiceException failure = new InvoiceException("no lines", 7, new IllegalStateException("why"));
		failure.addSuppressed(new NoSuchFileException("a.pdf"));
		InvoiceException arrived = (InvoiceException) travel(failure);
		assertThat(arrived).hasMessage("no lines");
		assertThat(arrived.number).isEqualTo(7);
		assertThat(arrived.getStackTrace()).isEqualTo(failure.getStackTrace());
		assertThat(arrived).cause().isExactlyInstanceOf(IllegalStateException.class).hasMessage("why");
		assertThat(arrived.getSuppressed()[0]).isExactlyInstanceOf(NoSuchFileException.class);
	}

	@Test
	void exceptionWhenOfALibraryArrivesAsItself() {
		assertThat(travel(new LibraryException("a", "detail"))).isExactlyInstanceOf(LibraryException.class);
		assertThat(travel(new OutOfMemoryError("a"))).isExactlyInstanceOf(OutOfMemoryError.class);
	}

	@Test
	void exceptionWhenItHoldsWhatCannotBeSentArrivesAsAStandIn() {
		HoldingException failure = new HoldingException("held", new IllegalStateException("why"));
		failure.addSuppressed(new IOException("closing"));
		RemoteTaskException arrived = (RemoteTaskException) travel(failure);
		assertThat(arrived).hasMessage(HoldingException.class.getName() + ": held");
		assertThat(arrived.className()).isEqualTo(HoldingException.class.getName());
		assertThat(arrived.originalMessage()).isEqualTo("held");
		assertThat(arrived.executor()).isEqualTo("pdf");
		assertThat(arrived.getStackTrace()[0]).hasToString(failure.getStackTrace()[0].toString().replace("app//", ""));
		assertThat(arrived.getCause()).isInstanceOfSatisfying(RemoteTaskException.class,
				(cause) -> assertThat(cause).hasMessage("java.lang.IllegalStateException: why"));
		assertThat(arrived.getSuppressed()[0]).hasMessage("java.io.IOException: closing");
		assertThat(arrived.getSuppressed()[1]).isInstanceOf(PayloadException.class)
			.hasMessageContaining("exception.lock is a dev.offload.codec.Invoices$Lock, which is not serializable");
	}

	@Test
	void exceptionWhenItHoldsARefusedObjectArrivesAsAStandInThatSaysHowToAdmitIt() {
		Throwable arrived = travel(new LibraryException("bad", new Gadget()));
		assertThat(Touched.was("read")).isFalse();
		assertThat(arrived).isExactlyInstanceOf(RemoteTaskException.class);
		assertThat(arrived.getSuppressed()[0]).hasMessageContaining("class dev.offload.stranger.Gadget is not admitted")
			.hasMessageContaining("offload.executors.pdf.allowed-types");
	}

	@Test
	void exceptionWhenAKnownCarrierArrivesAsAStandIn() {
		RemoteTaskException arrived = (RemoteTaskException) travel(new BadAttributeValueExpException("a"));
		assertThat(arrived.className()).isEqualTo("javax.management.BadAttributeValueExpException");
	}

	@Test
	void exceptionWhenItsClassIsNotThereArrivesAsAStandIn() {
		PayloadScope scope = new PayloadScope(ClassLoader.getPlatformClassLoader(), Codecs.TYPES, Codecs.LIMITS);
		Payload payload = this.codec.encodeFailure(new InvoiceException("gone", 1, null));
		RemoteTaskException arrived = (RemoteTaskException) this.codec.decodeFailure(payload, scope);
		assertThat(arrived.className()).isEqualTo(InvoiceException.class.getName());
		assertThat(arrived.getSuppressed()[0]).hasMessageContaining("is not on the class path of the service");
	}

	@Test
	void exceptionWhenItsReadObjectFailsArrivesAsAStandIn() {
		RemoteTaskException arrived = (RemoteTaskException) travel(new UnreadableException());
		assertThat(arrived.className()).isEqualTo(UnreadableException.class.getName());
		assertThat(arrived.getSuppressed()[0]).hasMessageContaining("not readable");
	}

	@Test
	void exceptionWhenLargerThanTheLimitArrivesAsAStandInUnderIt() {
		PayloadLimits limits = PayloadLimits.ofBytes(8_000);
		TaskCodec small = Codecs.codec(limits);
		Payload payload = small.encodeFailure(new LibraryException("m".repeat(50_000), "a"));
		assertThat(payload.size()).isLessThanOrEqualTo(8_000);
		RemoteTaskException arrived = (RemoteTaskException) small.decodeFailure(payload,
				Codecs.scope(Codecs.TYPES, limits));
		assertThat(arrived.className()).isEqualTo(LibraryException.class.getName());
		assertThat(arrived.originalMessage()).endsWith("... (49000 more characters)");
		assertThat(arrived.getStackTrace()).isNotEmpty();
	}

	@Test
	void exceptionWhenTheLimitIsTinyStillNamesItsClass() {
		TaskCodec tiny = Codecs.codec(PayloadLimits.ofBytes(10));
		Payload payload = tiny.encodeFailure(new IllegalStateException("m"));
		assertThat(this.codec.decodeFailure(payload, Codecs.service()))
			.hasMessage("java.lang.IllegalStateException: m");
	}

	@Test
	void exceptionWhenItsMethodsThrowIsSentAllTheSame() {
		Throwable arrived = travel(new HostileException());
		assertThat(arrived).isExactlyInstanceOf(RemoteTaskException.class)
			.hasMessageContaining("(its getMessage() threw java.lang.StackOverflowError)");
		assertThat(arrived.getStackTrace()).isEmpty();
	}

	@Test
	void exceptionWhenItsCausesFormACycleArrives() {
		InvoiceException first = new InvoiceException("first", 1, null);
		HoldingException second = new HoldingException("second", first);
		first.initCause(second);
		RemoteTaskException arrived = (RemoteTaskException) travel(first);
		assertThat(arrived).hasMessageEndingWith("first").cause().hasMessageEndingWith("second").hasNoCause();
	}

	@Test
	void exceptionWhenItsCausesAreThousandsArrives() {
		Throwable failure = new HoldingException("0", null);
		for (int i = 1; i < 20_000; i++) {
			failure = new IllegalStateException("m" + i, failure);
		}
		Throwable arrived = travel(failure);
		assertThat(arrived).hasMessage("java.lang.IllegalStateException: m19999");
		int depth = 0;
		for (Throwable cause = arrived; cause != null; cause = cause.getCause()) {
			depth++;
		}
		assertThat(depth).isEqualTo(51);
	}

	@Test
	void stackOverflowWhenSentArrives() {
		StackOverflowError failure = catchThrowableOfType(StackOverflowError.class, () -> Recursion.endless(1));
		assertThat(travel(failure)).isExactlyInstanceOf(StackOverflowError.class);
	}

	@Test
	void payloadExceptionWhenItsCauseCannotBeSentArrivesAsItself() {
		PayloadException failure = new PayloadException("images", Direction.FROM_WORKER, "result.lock", "com.acme.Lock",
				"It cannot be sent", new HoldingException("cause", null));
		PayloadException arrived = (PayloadException) travel(failure);
		assertThat(arrived.executor()).isEqualTo("images");
		assertThat(arrived.direction()).isEqualTo(Direction.FROM_WORKER);
		assertThat(arrived.path()).isEqualTo("result.lock");
		assertThat(arrived.type()).isEqualTo("com.acme.Lock");
		assertThat(arrived).hasMessage("It cannot be sent").hasCauseInstanceOf(RemoteTaskException.class);
	}

	@Test
	void payloadExceptionWhenMadeByTheCodecArrivesAsItself() {
		PayloadException failure = catchThrowableOfType(PayloadException.class,
				() -> this.codec.encodeResult(new Lock()));
		PayloadException arrived = (PayloadException) travel(failure);
		assertThat(arrived).hasMessage(failure.getMessage());
		assertThat(arrived.executor()).isEqualTo("pdf");
		assertThat(arrived.path()).isEqualTo("result");
	}

	@Test
	void ownExceptionsWhenSentArriveAsThemselves() {
		WorkerDeath death = new WorkerDeath(7, null, "SIGKILL", "killed", List.of("line"), null, null);
		WorkerCrashException crash = (WorkerCrashException) travel(
				new WorkerCrashException("inner", "t-1", death, true, "It crashed"));
		assertThat(crash.signal()).isEqualTo("SIGKILL");
		assertThat(crash.executor()).isEqualTo("inner");
		assertThat(crash.report().death()).isEqualTo(death);
		CrashReport report = new CrashReport("inner", death, "hang",
				new CrashReport.CrashedTask("t-2", "render", Duration.ofSeconds(1), 1),
				new WorkerHeartbeat(1, 2, 3, 4, 5, Duration.ofMillis(6)));
		assertThat(((WorkerCrashException) travel(new WorkerCrashException(report, true, "It crashed"))).report())
			.isEqualTo(report);
		OffloadException plain = (OffloadException) travel(
				new OffloadException("inner", "message", new HoldingException("cause", null)));
		assertThat(plain).isExactlyInstanceOf(OffloadException.class).hasMessage("message");
		RemoteTaskException remote = (RemoteTaskException) travel(
				new RemoteTaskException("inner", "com.acme.Lost", "message", new HoldingException("cause", null)));
		assertThat(remote.className()).isEqualTo("com.acme.Lost");
		assertThat(remote.executor()).isEqualTo("inner");
	}

	@Test
	void failureWhenItsBytesAreDamagedIsAStandInThatSaysSo() {
		for (byte[] bytes : List.of(new byte[0], new byte[] { 1, 2, 3 }, new byte[100])) {
			assertThat(this.codec.decodeFailure(Payload.of(bytes), Codecs.service()))
				.isExactlyInstanceOf(RemoteTaskException.class)
				.hasMessageContaining("an exception that cannot be read")
				.hasMessageContaining("its bytes are damaged");
		}
	}

	private Throwable travel(Throwable failure) {
		return this.codec.decodeFailure(this.codec.encodeFailure(failure), Codecs.service());
	}

	private static final class Recursion {

		@SuppressWarnings("InfiniteRecursion")
		private static int endless(int depth) {
			return 1 + endless(depth + 1);
		}

	}

	private static final class InvoiceException extends Exception {

		@Serial
		private static final long serialVersionUID = 1L;

		private final int number;

		private InvoiceException(String message, int number, Throwable cause) {
			super(message);
			this.number = number;
			if (cause != null) {
				initCause(cause);
			}
		}

	}

	private static final class HoldingException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		@SuppressWarnings("unused")
		private final Object lock = new Lock();

		private HoldingException(String message, Throwable cause) {
			super(message, cause);
		}

	}

	private static final class UnreadableException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		@Serial
		private void readObject(ObjectInputStream in) {
			throw new IllegalStateException("not readable");
		}

	}

	private static final class HostileException extends RuntimeException {

		@Serial
		private static final long serialVersionUID = 1L;

		@SuppressWarnings("unused")
		private final Object lock = new Lock();

		@Override
		public String getMessage() {
			return Recursion.endless(1) + "x";
		}

		@Override
		public synchronized Throwable getCause() {
			throw new IllegalStateException("no cause");
		}

		@Override
		public StackTraceElement[] getStackTrace() {
			throw new IllegalStateException("no stack");
		}

	}

}
