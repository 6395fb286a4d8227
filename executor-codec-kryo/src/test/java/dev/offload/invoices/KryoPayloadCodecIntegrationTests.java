package dev.offload.invoices;

import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import dev.offload.ExecutorSpec;
import dev.offload.Invocation;
import dev.offload.OffloadExecutor;
import dev.offload.PayloadException;
import dev.offload.PayloadException.Direction;
import dev.offload.TaskOptions;
import dev.offload.codec.kryo.KryoPayloadCodec;
import dev.offload.invoices.Samples.PlainInvoice;
import dev.offload.invoices.Samples.PlainLine;
import dev.offload.invoices.Samples.RejectedInvoice;
import dev.offload.invoices.Samples.Temperature;
import dev.offload.pool.ProcessExecutorFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link KryoPayloadCodec} in real workers.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KryoPayloadCodecIntegrationTests {

	private OffloadExecutor executor;

	@BeforeAll
	void start() {
		this.executor = new ProcessExecutorFactory()
			.create(ExecutorSpec.builder("pdf").codec("kryo").maxWorkers(1).build());
	}

	@AfterAll
	void close() {
		this.executor.close();
	}

	@Test
	void taskAndResultTravelThoughTheyAreNotSerializable() throws Exception {
		PlainInvoice invoice = new PlainInvoice("7", List.of(new PlainLine("a", 1)));
		PlainInvoice result = this.executor.call(() -> new PlainInvoice(invoice.number() + "1", invoice.lines()));
		assertThat(result.number()).isEqualTo("71");
		assertThat(result.lines()).isEqualTo(invoice.lines());
	}

	@Test
	void argumentsTravelThoughTheyAreNotSerializable() {
		PlainInvoice invoice = new PlainInvoice("8", List.of());
		assertThat(this.executor
			.submit(Invocation.ofStatic(PayloadCodecContract.method("number"), invoice), TaskOptions.DEFAULTS)
			.future()).succeedsWithin(java.time.Duration.ofSeconds(30)).isEqualTo("8");
	}

	@Test
	void failureTravels() {
		assertThatIllegalStateException().isThrownBy(() -> this.executor.call(() -> {
			throw new IllegalStateException("in the worker");
		})).withMessage("in the worker");
	}

	@Test
	void failureOfTheApplicationTravels() {
		RejectedInvoice rejected = new RejectedInvoice("7");
		assertThatExceptionOfType(RejectedInvoice.class).isThrownBy(() -> this.executor.call(() -> {
			throw rejected;
		})).satisfies((ex) -> assertThat(ex.number).isEqualTo("7"));
	}

	@Test
	void valuesThatSayHowTheyAreWrittenTravel() throws Exception {
		Temperature temperature = new Temperature(300);
		assertThat(this.executor.call(() -> new Temperature(temperature.kelvin() + 1)).kelvin()).isEqualTo(301);
		assertThat(this.executor.call(() -> ZoneId.of("Europe/Paris"))).isEqualTo(ZoneId.of("Europe/Paris"));
	}

	@Test
	void classThatIsNotAdmittedIsRefusedInTheWorker() {
		Object foreign = org.assertj.core.data.Index.atIndex(1);
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.executor.call(foreign::toString))
			.satisfies((ex) -> assertThat(ex.direction()).isEqualTo(Direction.TO_WORKER))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo("org.assertj.core.data.Index"))
			.withMessageContaining("offload.executors.pdf.allowed-types");
	}

	@Test
	void classThatIsNotAdmittedIsRefusedInTheService() {
		assertThatExceptionOfType(PayloadException.class)
			.isThrownBy(() -> this.executor.call(() -> org.assertj.core.data.Index.atIndex(1)))
			.satisfies((ex) -> assertThat(ex.direction()).isEqualTo(Direction.FROM_WORKER));
	}

	@Test
	void resultThatCannotBeSentIsNamed() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> this.executor.call(() -> new Thread()))
			.withMessageContainingAll("java.lang.Thread", "which the codec 'kryo' cannot write");
	}

}
