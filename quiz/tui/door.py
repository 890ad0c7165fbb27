"""Where the hall comes in from the network, as the facilitator's screen knows it."""

from typing import Protocol


class Door(Protocol):
    """Lets phones, terminals and the projector in; made by the command that opens the screen."""

    @property
    def address(self) -> str:
        """The address given out, as `http://10.0.0.5:8000`; empty where there is no network."""

    @property
    def projector(self) -> str:
        """The address of the projector's page, with the secret that opens it."""

    def addresses(self) -> list[str]:
        """The machine's own addresses at this moment, the best one first."""

    def give_out(self, address: str) -> None:
        """Give out another address. Raises StoreError where it cannot be kept; it is in use."""

    async def serve(self) -> None:
        """Let people in until the task is cancelled; raises what made it end before."""
