package dev.offload.advised;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

import jakarta.validation.constraints.NotBlank;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.validation.annotation.Validated;

import dev.offload.OffloadExecutor;
import dev.offload.spring.OffloadTo;

/**
 * Tells where its methods run, and in what.
 */
@Validated
public class AdvisedService {

	private final OffloadExecutor executor;

	public AdvisedService(OffloadExecutor executor) {
		this.executor = executor;
	}

	@OffloadTo("pdf")
	public long pid(@NotBlank String name) {
		return ProcessHandle.current().pid();
	}

	@OffloadTo("pdf")
	@Transactional
	public boolean isInTransaction() {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

	@OffloadTo("pdf")
	public String typeOfInjectedExecutor() throws Exception {
		return this.executor.spec().type() + " " + this.executor.call(() -> ProcessHandle.current().pid());
	}

	@OffloadTo("pdf")
	public CompletableFuture<Long> pidLater() {
		return CompletableFuture.supplyAsync(() -> ProcessHandle.current().pid());
	}

	@OffloadTo("pdf")
	public void fail() throws IOException {
		throw new IOException("no such invoice");
	}

}
