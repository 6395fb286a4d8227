package dev.offload.traced;

import java.nio.file.Path;

import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.context.annotation.Bean;

import dev.offload.OffloadExecutor;
import dev.offload.spring.autoconfigure.OffloadAspectAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadAutoConfiguration;
import dev.offload.spring.autoconfigure.OffloadPropagationAutoConfiguration;
import dev.offload.spring.observation.OffloadObservationAutoConfiguration;
import dev.offload.spring.worker.WorkerContextAutoConfiguration;

/**
 * An application that is traced, and exports its spans to files.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({ WorkerContextAutoConfiguration.class, OffloadAutoConfiguration.class,
		OffloadAspectAutoConfiguration.class, OffloadPropagationAutoConfiguration.class,
		OffloadObservationAutoConfiguration.class, ObservationAutoConfiguration.class,
		MicrometerTracingAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
		OpenTelemetrySdkAutoConfiguration.class })
public class TracedApplication {

	@Bean
	SpanProcessor spanFiles(@Value("${traced.directory}") Path directory) {
		// each as it ends, however the process ends
		return SimpleSpanProcessor.create(new SpanFiles(directory));
	}

	@Bean
	TracedService tracedService(ObservationRegistry observations, @Qualifier("threads") OffloadExecutor threads) {
		return new TracedService(observations, threads);
	}

}
