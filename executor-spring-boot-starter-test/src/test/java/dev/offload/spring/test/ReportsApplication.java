package dev.offload.spring.test;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.offload.spring.OffloadTo;

/**
 * An application that offloads, for the tests of this module.
 */
@SpringBootApplication
class ReportsApplication {

	/**
	 * What callers have: the advice is on another bean.
	 */
	@Service
	static class Reports {

		private final Renderer renderer;

		Reports(Renderer renderer) {
			this.renderer = renderer;
		}

		String report(String number) {
			return this.renderer.render(number);
		}

		CompletableFuture<String> reportLater(String number) {
			return this.renderer.renderLater(number);
		}

		@Nullable Object reportLock() {
			return this.renderer.echo(new Object());
		}

	}

	/**
	 * What runs in executors.
	 */
	@Service
	public static class Renderer {

		/**
		 * Renders.
		 * @param number the number; none is refused
		 * @return what shows where it ran
		 */
		@OffloadTo("pdf")
		public String render(String number) {
			if (number.isEmpty()) {
				throw new IllegalArgumentException("no number");
			}
			return number + " by " + ProcessHandle.current().pid();
		}

		/**
		 * Renders, and does not wait.
		 * @param number the number
		 * @return what shows where it ran
		 */
		@OffloadTo("pdf")
		public CompletableFuture<String> renderLater(String number) {
			return CompletableFuture.completedFuture(number);
		}

		/**
		 * Gives back what it got.
		 * @param value any value
		 * @return the value
		 */
		@OffloadTo("mail")
		public @Nullable Object echo(@Nullable Object value) {
			return value;
		}

	}

	/**
	 * What has a slice of its own.
	 */
	@RestController
	static class ReportController {

		private final Renderer renderer;

		ReportController(Renderer renderer) {
			this.renderer = renderer;
		}

		@GetMapping("/reports/{number}")
		String report(@PathVariable String number) {
			return this.renderer.render(number);
		}

		@GetMapping("/lock")
		String lock() {
			return String.valueOf(this.renderer.echo(new Object()));
		}

	}

}
