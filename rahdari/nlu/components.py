"""The graph components that config.yml names: what Rasa calls, and nothing else. The work is done elsewhere."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import ENTITIES, FEATURE_TYPE_SENTENCE, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from rahdari import bootstrap
from rahdari.errors import RahdariError
from rahdari.nlu.fitting import fit
from rahdari.nlu.kinds import Kinds
from rahdari.nlu.surroundings import settings

logger = logging.getLogger(__name__)

LINKED = "linked"
Config = dict[str, Any]
Part = DefaultV1Recipe.ComponentType


@DefaultV1Recipe.register(Part.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """Gives each message the encoder's vector of its text, as a dense sentence feature of shape (1, 384)."""

    @classmethod
    def create(
        cls, config: Config, model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> SentenceVectors:
        return cls(execution_context.node_name, config)

    @classmethod
    def validate_config(cls, config: Config) -> None:
        """There is nothing to set."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get(TEXT)
            if text:
                vector = bootstrap.encoder().encode([text])
                message.add_features(Features(vector, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages


@DefaultV1Recipe.register(Part.INTENT_CLASSIFIER, is_trainable=True)
class KindClassifier(IntentClassifier, GraphComponent):
    """Tells the kind of question, with a calibrated confidence."""

    def __init__(self, storage: ModelStorage, resource: Resource, kinds: Kinds | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._kinds = kinds

    @classmethod
    def required_components(cls) -> list[type]:
        return [SentenceVectors]

    @classmethod
    def create(
        cls, config: Config, model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> KindClassifier:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Config,
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> KindClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Kinds.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        examples = [message for message in training_data.intent_examples if message.get(TEXT) and message.get(INTENT)]
        vectors = np.vstack([_vector(message) for message in examples])
        kinds = fit([message.get(TEXT) for message in examples], vectors, [message.get(INTENT) for message in examples])
        with self._storage.write_to(self._resource) as folder:
            kinds.save(folder)
        self._kinds = kinds
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            ranking = self._ranking(message)
            message.set(INTENT, dict(ranking[0]) if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        if self._kinds is None or not message.get(TEXT):
            return []
        probabilities = self._kinds.probabilities(_vector(message)[0], message.get(TEXT))
        best = np.argsort(-probabilities, kind="stable")
        return [{"name": self._kinds.labels[at], "confidence": float(probabilities[at])} for at in best]


@DefaultV1Recipe.register(Part.ENTITY_EXTRACTOR, is_trainable=False)
class StoreLinker(EntityExtractorMixin, GraphComponent):
    """Finds the store's entities in a message, in the store as it is at that moment.

    Where there is no store, or it fails, there are no entities and the message goes on: the answering side says
    what is wrong. `linked` in the parsed message tells whether anybody looked.
    """

    @classmethod
    def create(
        cls, config: Config, model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> StoreLinker:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = self._entities(message.get(TEXT) or "")
            message.set(LINKED, found is not None, add_to_output=True)
            known = message.get(ENTITIES, [])
            message.set(ENTITIES, known + self.add_extractor_name(found or []), add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[dict[str, Any]] | None:
        try:
            links = bootstrap.linker(settings()).link(text)
        except RahdariError as error:
            logger.warning("no entities were looked for: %s", error)
            return None
        except Exception:
            logger.exception("looking for entities failed")
            return None
        return [
            {
                "entity": link.type,
                "value": link.name,
                "start": link.start,
                "end": link.end,
                "id": link.entity,
                "confidence_entity": link.score,
            }
            for link in links
        ]


def _vector(message: Message) -> np.ndarray[Any, Any]:
    """The sentence feature of a message, shape (1, dimension)."""
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise ValueError("KindClassifier needs SentenceVectors before it in config.yml")
    vector: np.ndarray[Any, Any] = sentence.features
    return vector
