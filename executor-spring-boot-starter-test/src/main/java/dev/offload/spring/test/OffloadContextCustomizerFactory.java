package dev.offload.spring.test;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Finds the tests with {@link AutoConfigureOffload}.
 */
final class OffloadContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> attributes) {
		AutoConfigureOffload annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AutoConfigureOffload.class);
		return (annotation != null) ? new OffloadContextCustomizer(annotation.mode()) : null;
	}

}
