"""Common given and family names, to be combined at random. No combination means a real person."""

from __future__ import annotations

import random
from collections.abc import Iterator


def _words(text: str) -> list[str]:
    return text.split()


GIVEN = _words(
    """
    Abena Adaeze Adam Aisha Alan Alejandro Alice Amara Amelia Amir Ana Andre Andrew Angela Anil Anita
    Anna Anthony Antonio Anya Arjun Arthur Asha Ayesha Barbara Beatriz Benjamin Bianca Brandon Brian
    Bridget Camila Carla Carlos Caroline Cecilia Charles Charlotte Chidi Chloe Christine Claire Clara
    Daniel Daniela David Deborah Dev Diana Diego Dominic Donna Edward Elena Eleni Elijah Elizabeth Emeka
    Emily Emma Eric Esther Ethan Eva Farah Fatima Felix Fiona Frances Francis Gabriel Gareth George
    Gloria Grace Graham Hannah Harriet Harold Hassan Hector Helen Henry Hiroshi Hugh Ian Ibrahim Imani
    Ines Irene Isaac Isabel Ivan Jack Jacob Jade James Jamila Jane Janet Jasmine Javier Jean Jennifer
    Jessica Joan Joanna Joel John Jonathan Jordan Jose Joseph Joshua Joyce Juan Judith Julia Julian
    Kamal Karen Karim Kate Katherine Keiko Keith Kenji Kevin Khadija Kofi Kwame Lakshmi Laura Lauren
    Leah Leila Leon Leonard Lina Linda Lucas Lucia Lucy Luis Luke Lydia Madeleine Malik Manuel Marco
    Margaret Maria Marie Mario Mark Martha Martin Mary Matthew Maya Megan Mei Michael Michelle Miguel
    Mina Miriam Mohammed Monica Nadia Naomi Natalie Nathan Neil Nia Nicholas Nicole Nikhil Nina Noah
    Nora Oliver Olivia Omar Oscar Owen Pamela Patricia Patrick Paul Pedro Peter Philip Phoebe Priya
    Rachel Rahul Rajesh Ravi Raymond Rebecca Renata Rhys Richard Robert Roberto Rosa Rosemary Ruth Ryan
    Sadia Samir Samuel Sandra Sanjay Sara Sarah Sean Sergio Shanice Sharon Simon Sofia Sonia Stella
    Stephen Susan Tamara Tanya Tariq Teresa Theo Thomas Timothy Tomas Uma Ursula Valerie Vanessa Vera
    Victor Vikram Vincent Violet Walter Wei Wendy William Xavier Yasmin Yolanda Yusuf Zainab Zara Zoe
    """
)

FAMILY_US = _words(
    """
    Adams Aguilar Alexander Allen Alvarez Anderson Armstrong Bailey Baker Banks Barnes Bell Bennett
    Bishop Boyd Brooks Brown Bryant Burke Butler Campbell Carlson Carter Castillo Chang Chavez Chen Cho
    Clark Coleman Collins Cook Cooper Cruz Cunningham Daniels Davis Delgado Diaz Dixon Douglas Duncan
    Edwards Elliott Ellis Espinoza Evans Ferguson Fisher Flores Foster Fox Freeman Garcia Gardner Gibson
    Gomez Gonzalez Gordon Graham Grant Gray Green Griffin Gutierrez Hall Hamilton Hansen Harper Harris
    Hart Hayes Henderson Hernandez Hill Hoffman Holmes Howard Huang Hughes Hunt Ibarra Jackson Jacobs
    James Jenkins Jensen Jimenez Johnson Jones Jordan Joseph Kelly Kennedy Khan Kim King Knight Kumar
    Larson Lawson Lee Lewis Lin Liu Long Lopez Marshall Martin Martinez Mason Mendoza Meyer Miller
    Mitchell Molina Moore Morales Morgan Morris Murphy Murray Myers Nelson Nguyen Novak Okafor Olson
    Ortiz Owens Palmer Park Parker Patel Patterson Perez Perry Peters Peterson Pham Phillips Pierce
    Porter Powell Price Ramirez Ramos Reed Reyes Reynolds Rice Richardson Rivera Robinson Rogers Romero
    Rose Ross Ruiz Russell Ryan Sanchez Sanders Santiago Schmidt Schneider Scott Shah Shaw Silva Simmons
    Singh Snyder Spencer Stephens Stewart Stone Sullivan Tanaka Taylor Thomas Thompson Torres Tran
    Tucker Turner Vargas Vasquez Wagner Walker Wallace Wang Ward Warren Watkins Watson Weaver Webb Wells
    West White Williams Wilson Wong Wood Wright Wu Yang Young Zhang
    """
)

FAMILY_UK = _words(
    """
    Adeyemi Ahmed Akhtar Ali Allen Anderson Andrews Armstrong Atkinson Bailey Baker Banerjee Barker
    Barnes Begum Bell Bennett Berry Booth Bradley Brown Burton Butler Campbell Carr Carter Chambers
    Chapman Choudhury Clark Clarke Cole Collins Cook Cooper Cox Craig Cunningham Davies Davis Dawson
    Dean Dixon Douglas Doyle Edwards Elliott Ellis Evans Farrell Fisher Fletcher Ford Foster Fox Fraser
    Gallagher Gardner George Gibson Gill Gordon Graham Grant Gray Green Griffiths Hall Hamilton Harper
    Harris Harrison Hart Harvey Hayes Henderson Hill Holmes Hopkins Howard Hughes Hunt Hussain Iqbal
    Jackson James Jenkins John Johnson Johnston Jones Joshi Kapoor Kaur Kelly Kennedy Khan King Knight
    Kumar Lawrence Lawson Lee Lewis Lloyd MacDonald Mahmood Malik Marsh Marshall Martin Mason Matthews
    McCarthy Mehta Menon Miah Mills Mitchell Moore Morgan Morris Mukherjee Murphy Murray Nair Nelson
    Newman Nwosu O'Brien Okoye Olawale Owen Palmer Parker Parry Patel Payne Pearce Perry Phillips Poole
    Powell Price Pritchard Qureshi Rahman Rao Reddy Rees Reid Reynolds Rice Richards Richardson Riley
    Roberts Robertson Robinson Rogers Rose Ross Russell Ryan Saunders Scott Shah Sharma Shaw Simpson
    Singh Smith Spencer Stevens Stewart Stone Sutton Taylor Thomas Thompson Tucker Turner Walker Wallace
    Walsh Ward Watson Watts Webb Wells West White Wilkinson Williams Williamson Wilson Wood Woods Wright
    Yilmaz Young
    """
)


def draw_names(families: list[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Given and family names without end; each pair once, until the lists are used up."""
    while True:
        pairs = [(given, family) for given in GIVEN for family in families]
        rng.shuffle(pairs)
        yield from pairs
