package dev.offload.sample.document;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.offload.OffloadExecutor;

/**
 * Puts what reads documents of strangers behind executors whose workers have no Spring
 * context, no database and no secrets: what breaks out of a document finds nothing there.
 */
@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {

	@Bean
	TextExtractor textExtractor(@Qualifier("parse") OffloadExecutor executor) {
		return executor.wrapType(TextExtractor.class, PdfTextExtractor.class);
	}

	@Bean
	Stamper stamper(@Qualifier("parse") OffloadExecutor executor) {
		return executor.wrapType(Stamper.class, PdfStamper.class);
	}

	@Bean
	Thumbnailer thumbnailer(@Qualifier("image") OffloadExecutor executor) {
		return executor.wrapType(Thumbnailer.class, PdfThumbnailer.class);
	}

}
