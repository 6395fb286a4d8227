package dev.offload.pool;

import java.io.Serializable;
import java.util.concurrent.locks.ReentrantLock;

import javax.swing.DefaultListModel;

import org.junit.jupiter.api.Test;

import dev.offload.ExecutorOverloadException;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.RejectionReason;
import dev.offload.RemoteTaskException;
import dev.offload.TaskHandle;
import dev.offload.TaskStatus;
import dev.offload.contract.Gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for what cannot travel: the task fails, its worker lives.
 */
class PayloadIntegrationTests extends AbstractPool {

	@Test
	void argumentThatCannotBeSentIsNamedBeforeAnythingRuns() {
		OffloadExecutor executor = create(spec());
		Holder holder = new Holder();
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(() -> holder.name))
			.satisfies((ex) -> assertThat(ex.direction()).isEqualTo(PayloadException.Direction.TO_WORKER))
			.satisfies((ex) -> assertThat(ex.path()).contains("lock"))
			.withMessageContaining("java.lang.Object");
		assertThat(executor.snapshot().rejected()).containsEntry(RejectionReason.PAYLOAD, 1L);
		assertThat(executor.snapshot().pending()).isZero();
		assertThat(executor.snapshot().workers()).isEmpty();
	}

	@Test
	void resultThatCannotBeSentIsNamedAndWorkerLives() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(Holder::new))
			.satisfies((ex) -> assertThat(ex.direction()).isEqualTo(PayloadException.Direction.FROM_WORKER))
			.withMessageContaining("result");
		assertThat(pidOf(executor)).isEqualTo(pid);
		assertThat(executor.snapshot().completed()).containsEntry(TaskStatus.FAILED, 1L);
	}

	@Test
	void exceptionThatCannotBeRebuiltArrivesAsStandIn() throws Exception {
		OffloadExecutor executor = create(spec());
		long pid = pidOf(executor);
		assertThatExceptionOfType(RemoteTaskException.class).isThrownBy(() -> executor.call(() -> {
			throw new UnsendableException("broken", new ReentrantLock());
		})).satisfies((ex) -> {
			assertThat(ex.className()).isEqualTo(UnsendableException.class.getName());
			assertThat(ex.originalMessage()).isEqualTo("broken");
			assertThat(ex.getStackTrace()[0].getClassName()).contains("PayloadIntegrationTests");
		});
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void resultOverTheLimitFailsItsTaskAndWorkerLives() throws Exception {
		OffloadExecutor executor = create(spec().maxPayloadBytes(100_000));
		long pid = pidOf(executor);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(() -> new byte[200_000]))
			.withMessageContaining("max-payload-bytes")
			.withMessageContaining("100000");
		byte[] large = new byte[200_000];
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> executor.call(() -> large.length))
			.withMessageContaining("max-payload-bytes");
		assertThat(pidOf(executor)).isEqualTo(pid);
	}

	@Test
	void resultOfForeignClassIsRefusedWithThePropertyThatAdmitsIt() throws Exception {
		OffloadExecutor executor = create(spec());
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> executor.call(() -> new DefaultListModel<String>()))
			.withMessageContaining("javax.swing.DefaultListModel")
			.withMessageContaining("offload.executors.pool.allowed-types");
	}

	@Test
	void taskOverMaxPendingBytesIsRejectedUntilBytesAreGivenBack() throws Exception {
		OffloadExecutor executor = create(spec().maxPendingBytes(100_000L));
		Gate gate = gate("holder");
		byte[] large = new byte[60_000];
		TaskHandle<Integer> holder = executor.submit(() -> {
			gate.pass();
			return large.length;
		});
		gate.awaitEntered();
		assertThatExceptionOfType(ExecutorOverloadException.class).isThrownBy(() -> executor.call(() -> large.length))
			.withMessageContaining("max-pending-bytes is 100000")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(RejectionReason.MAX_PENDING_BYTES));
		gate.letPass();
		assertThat(holder.future().join()).isEqualTo(60_000);
		awaitNothingPending(executor);
		assertThat(executor.call(() -> large.length)).isEqualTo(60_000);
	}

	@Test
	void codecThatIsNamedIsUsedInWorkersToo() throws Exception {
		try (OffloadExecutor executor = ProcessExecutorFactory.builder()
			.build()
			.create(spec().codec("marking").build())) {
			assertThat(executor.call(MarkingCodec::hasDecoded)).isTrue();
		}
	}

	/**
	 * Can be written but for one field.
	 */
	static final class Holder implements Serializable {

		private static final long serialVersionUID = 1L;

		private final String name = "holder";

		@SuppressWarnings("unused")
		private final Object lock = new Object();

	}

	/**
	 * Cannot be written.
	 */
	static final class UnsendableException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		@SuppressWarnings("unused")
		private final Object lock;

		UnsendableException(String message, ReentrantLock lock) {
			super(message);
			this.lock = new Object();
		}

	}

}
